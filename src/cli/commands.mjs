// The commands of the command line, one row each. Plain JavaScript: the launcher reads it before there is any reader of TypeScript.

/**
 * `namespace`: whether the command is started in a network namespace of its own; `script`: what package.json calls it, null
 * where it has no script of its own.
 */
export const COMMANDS = /** @type {const} */ ({
  run: { namespace: true, script: "lab" },
  all: { namespace: false, script: "lab:all" },
  judge: { namespace: false, script: "judge" },
  inspect: { namespace: false, script: "inspect" },
  diff: { namespace: false, script: "diff" },
  doctor: { namespace: true, script: "doctor" },
  bench: { namespace: true, script: "bench" },
  init: { namespace: false, script: null },
});
