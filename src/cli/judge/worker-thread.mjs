// Begins a thread that judges: plain JavaScript, since a thread inherits no reader of TypeScript.

import { BEGINNINGS, loader } from "../../load.mjs";

const load = await loader();
const { serve } = await load(BEGINNINGS.judgeWorker);
await serve();
