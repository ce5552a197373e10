// Begins a thread that judges: plain JavaScript, since a thread inherits no reader of TypeScript.

import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

register({ tsconfig: fileURLToPath(new URL("../../tsconfig.json", import.meta.url)) });
const { serve } = await import("./judging.ts");
await serve();
