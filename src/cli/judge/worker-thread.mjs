// Begins a thread that judges: plain JavaScript, since a thread inherits no reader of TypeScript.

import { loader } from "../../load.mjs";

const load = await loader();
const { serve } = await load("cli/judge/worker.ts");
await serve();
