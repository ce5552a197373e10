// The words of `diff`: its option, and the help that teaches what counts as a difference.

import type { Command } from "commander";

export function addDiff(program: Command, done: (status: number) => void): void {
  program
    .command("diff")
    .argument("<a>", "a run's folder or a .zip of it")
    .argument("<b>", "another run of the same lab")
    .description("what differs between two runs: claims, segments, sysctls; status 0 nothing, 1 something, as diff(1)")
    .option("--json", "one JSON document: every difference by itself, and how they fold", false)
    .addHelpText("after", HELP)
    .action(async (a: string, b: string, options: { readonly json: boolean }) => {
      const { diffRuns } = await import("./diff.ts");
      done(await diffRuns(a, b, options));
    });
}

const HELP = `
Both runs are judged anew, from their files alone. Then these are compared:
  claims    their verdicts, and what was seen. What is measured differs where it
            is further apart than twice the claim's tolerance, since each run may be
            off by it (a tenth, if it has none).
  settings  the sysctls of every scene, and how it was played
  segments  flags, options, length, and numbers counted from the first of their
            stream. Repeats, and what chance or timing decides, are left out.
So two runs of one machine with equal settings do not differ. What differs for
the same reason is told once, with that reason: a sysctl, or a change of Linux.

In --json: claims, segments, sysctls and settings (each difference by itself),
folded.claims and folded.segments (those that differ alike, and because of what).

  npm run diff -- results/close/<run> results/close/<other>
  npm run -s diff -- --json old-kernel.zip new-kernel.zip

Exit status: 0 nothing differs; 1 something does; 3 a run cannot be read, or
they are runs of two labs.
`;
