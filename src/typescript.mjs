// Lets Node read TypeScript, through tsx: for "--import", and for load.mjs. Plain JavaScript, since it comes before any reader of TypeScript.

import { fileURLToPath } from "node:url";

// tsx keeps what it has compiled in the temporary folder, and runs whatever it finds there under its own name, whoever
// put it there. It decides on this when it is imported.
process.env.TSX_DISABLE_CACHE = "1";
const { register } = await import("tsx/esm/api");

/** Ours and not that of the folder we are called from: it says how JSX is to be read. */
register({ tsconfig: fileURLToPath(new URL("../tsconfig.json", import.meta.url)) });
