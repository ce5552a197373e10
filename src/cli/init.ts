// `init`: writes a documented lab of one's own, to be changed and run.

import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { UsageError } from "../fault.ts";

const example = (id: string): string => `import { lab, scene } from "tcp-loopback-lab";

export default lab({
  id: "${id}",
  question: "What happens to a SYN that gets lost?",
  scenes: [
    scene({
      id: "syn-lost",
      title: "The first SYN is lost; the kernel sends it again after a second.",
      mode: "stepped", // every segment is held on the wire until the lab decides its fate
      claims: [
        {
          id: "still-syn-sent",
          claim: "The client waits in SYN_SENT.",
          source: "rfc9293",
          cite: "RFC 9293 §3.10.7.3", // who says so, and where
          documented: { kind: "state", value: "SYN_SENT" },
          ask: { what: "state", end: "client", after: "drop SYN" }, // a step is named "<verb> <flags>" or "<end> <call>"
        },
      ],
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect(); // user calls: listen connect accept send receive shutdown close abort
        await wire.drop("SYN"); // or: deliver duplicate reorder alter forge flow
        await wire.deliver("SYN", { repeat: true });
        await wire.flow(); // everything else, as it comes
      },
    }),
  ],
});
`;

/** Refuses to write over what is there. */
export function init(path: string): number {
  const id = basename(path, ".ts");
  if (!path.endsWith(".ts") || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    throw new UsageError(`init: ${path}: must be words joined by hyphens and end in .ts, like my-lab.ts`);
  try {
    writeFileSync(path, example(id), { flag: "wx" });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const remedy = code === "EEXIST" ? "it exists: choose another name" : `${code}: choose another folder`;
    throw new UsageError(`init: writing ${path}: ${remedy}`);
  }
  const command = process.env.npm_lifecycle_event === "npx" ? "npx tcp-loopback-lab" : "npm run lab --";
  process.stdout.write(`${path} is written. Run it: ${command} ${path.includes("/") ? path : `./${path}`}\n`);
  return 0;
}
