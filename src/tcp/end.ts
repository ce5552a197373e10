// The two ends of a connection, as the documents name them: the client opens actively, the server passively.

export const ENDS = ["client", "server"] as const;

export type End = (typeof ENDS)[number];

export const otherEnd = (end: End): End => (end === "client" ? "server" : "client");
