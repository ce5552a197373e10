import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { CLOSE_ONE_AFTER_THE_OTHER, type Moment, OPEN_AND_CLOSE_TOGETHER } from "../../labs/control/every-state.ts";
import type { Action, Sighting, TimelineLine } from "../evidence/timeline.ts";
import { readTimeline } from "../evidence/timeline-file.ts";
import type { WitnessName, WitnessOfState } from "../evidence/witnesses.ts";
import { ENDS, type End } from "../tcp/end.ts";
import type { TcpState } from "../tcp/state.ts";
import { runLabProcess, temporaryFolder, whyNoNamespace } from "../testing/lab-process.ts";

const LAB = fileURLToPath(new URL("../../labs/control/every-state.ts", import.meta.url));
const MOMENTS: Readonly<Record<string, readonly Moment[]>> = {
  "open-and-close-together": OPEN_AND_CLOSE_TOGETHER,
  "close-one-after-the-other": CLOSE_ONE_AFTER_THE_OTHER,
};

interface Contract {
  /** What the witness says besides the true state, because it cannot tell them apart; nothing: it tells exactly. */
  readonly alsoSays: (truth: TcpState, end: End, accepted: boolean) => readonly TcpState[];
  /** What its raw line must contain, for a socket that exists. */
  readonly raw: RegExp;
  /** It has nothing to read once the descriptor is gone. */
  readonly needsDescriptor?: boolean;
}

const tellsExactly = () => [];
const CLOSED_OR_TIME_WAIT: readonly TcpState[] = ["CLOSED", "TIME_WAIT"];

/** What each witness can say: the suite below is the same for all. */
const CONTRACTS: Readonly<Record<WitnessOfState, Contract>> = {
  ss: { alsoSays: tellsExactly, raw: /\b(ESTAB|SYN-|FIN-|TIME-|CLOS|LAST-|LISTEN)/ },
  "sock-diag": { alsoSays: tellsExactly, raw: /./ },
  netstat: { alsoSays: tellsExactly, raw: /^tcp6? / },
  procfs: { alsoSays: tellsExactly, raw: /^\d+: [0-9A-F]+:/ },
  "tcp-info": {
    alsoSays: (truth, end, accepted) => {
      if (end === "server" && !accepted) return ["LISTEN", "SYN_RCVD", "ESTABLISHED", "CLOSE_WAIT", "CLOSED"];
      return CLOSED_OR_TIME_WAIT.includes(truth) ? CLOSED_OR_TIME_WAIT : [];
    },
    raw: /tcpi_state=\d+/,
  },
  tracepoint: {
    alsoSays: (truth) => {
      if (truth === "LISTEN" || truth === "SYN_RCVD") return ["LISTEN", "SYN_RCVD"];
      return truth === "TIME_WAIT" ? ["CLOSED", "TIME_WAIT", "FIN_WAIT_2"] : [];
    },
    raw: /inet_sock_set_state/,
  },
};

const reason = await whyNoNamespace();

test("every witness sees each state, or says between which it cannot tell", { skip: reason ?? false }, async (t) => {
  using folder = temporaryFolder();
  const { verdict } = await runLabProcess(LAB, folder.path);
  const lines = readTimeline(readFileSync(join(theOnlyRun(folder.path), "timeline.jsonl"), "utf8"));
  assert.equal(verdict.exit, 0, "every state claim of the control must conform");
  assert.deepEqual(
    lines.filter((line) => line.type === "note" && line.topic === "witness-fault"),
    [],
  );
  const present = new Set(sightingsIn(lines).map(({ witness }) => witness));
  for (const [witness, contract] of Object.entries(CONTRACTS)) {
    const missing = present.has(witness as WitnessName) ? false : `${witness} is not on this machine, or needs root`;
    await t.test(`${witness} keeps its contract`, { skip: missing }, () => {
      const checked = checkContract(lines, witness as WitnessName, contract);
      assert.ok(checked > 20, `only ${checked} sightings of ${witness}`);
    });
  }
});

const theOnlyRun = (out: string): string => {
  const folder = join(out, "control-every-state");
  return join(folder, readdirSync(folder)[0] ?? "");
};

const sightingsIn = (lines: readonly TimelineLine[]): readonly Sighting[] =>
  lines.filter((line): line is Sighting => line.type === "sighting" && line.states !== undefined);

function checkContract(lines: readonly TimelineLine[], witness: WitnessName, contract: Contract): number {
  let checked = 0;
  for (const [scene, moments] of Object.entries(MOMENTS))
    for (const [after, client, server] of moments) {
      const action = lines.find(
        (line): line is Action => line.type === "action" && line.scene === scene && line.step === after,
      );
      for (const end of ENDS) {
        const truth = { client, server }[end];
        const accepted = scene !== "open-and-close-together" || isAfterAccept(moments, after);
        const own = sightingsIn(lines).filter(
          (line) => line.after === action?.id && line.witness === witness && line.end === end,
        );
        assert.equal(own.length, 1, `${witness} must speak once of the ${end} after "${after}" in ${scene}`);
        const [sighting] = own;
        const expected = new Set<TcpState>([truth, ...contract.alsoSays(truth, end, accepted)]);
        const saw = [...(sighting?.states ?? [])];
        assert.ok(saw.includes(truth), `${witness}: ${end} after "${after}": ${saw} leaves out the truth, ${truth}`);
        assert.ok(
          saw.every((state) => expected.has(state)),
          `${witness}: ${end} after "${after}": ${saw} says more than ${[...expected]}`,
        );
        if (sighting?.raw !== "") assert.match(sighting?.raw ?? "", contract.raw);
        else assert.equal(truth, "CLOSED", `${witness} shows no raw line for ${truth}`);
        checked++;
      }
    }
  return checked;
}

const isAfterAccept = (moments: readonly Moment[], step: string): boolean => {
  const steps = moments.map(([after]) => after);
  return steps.indexOf(step) >= steps.indexOf("server accept");
};
