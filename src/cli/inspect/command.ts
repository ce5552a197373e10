// `inspect` on the command line.

import { type Command, Option } from "commander";
import { wrap } from "../../report/terminal/columns.ts";
import type { InspectOptions } from "./inspect.ts";
import { ANY_FORMAT, TOLD_FORMATS } from "./told-formats.ts";

/** Columns of the help that is written out below. */
const WIDTH = 79;

export function addInspect(program: Command, done: (status: number) => void): void {
  program
    .command("inspect")
    .argument("[file]", `what ${ANY_FORMAT} printed; standard input where none is named`)
    .description("the TCP sockets in saved output of ss or netstat, or of this machine; any operating system")
    .option("--json", "an array of records alone (npm run -s inspect -- --json)", false)
    .option("--strict", "exit status 3 when a line cannot be read", false)
    .option("--live", "ask this machine, though standard input is no terminal", false)
    .addOption(
      new Option("--byte-order <order>", "of the machine that /proc/net/tcp is from; big: s390x")
        .choices(["little", "big"])
        .default("little"),
    )
    .addHelpText("after", HELP)
    .action(async (file: string | undefined, options: InspectOptions) => {
      const { inspect } = await import("./inspect.ts");
      done(await inspect(file, options));
    });
}

const READS = Object.values(TOLD_FORMATS).map(({ reads }) => reads);

const HELP = `
${wrap(`The tool is told by what it printed: ${READS.join("; ")}.`, WIDTH)}

  npm run inspect < saved-output.txt
  ss -tanoeip | npm run -s inspect -- --json
  npm run inspect            asks this machine: ss, /proc/net/tcp or netstat

A record: { protocol, family, state, local: { address, port, zone },
  remote: { address, port }, receiveQueue, sendQueue,
  timer: { kind, milliseconds, precisionMilliseconds, retransmissions },
  uid, inode, cookie, owners: [{ name, pid, ... }], info, details }
States are spelled as RFC 9293 spells them; "*" is the any-address, port 0 no
port. What the tool did not say is absent; an address that it may have cut off
has cut: true. ss -t names no protocol: all its rows are taken for TCP.

Exit status: 0; 3 when there was nothing to read, or with --strict when a line
could not be read.
`;
