// One entry whose countdown is at 0, looked at by every witness that lists sockets.

import { millClient, millServer } from "../../drive/connection-mill.ts";
import type { Recorder } from "../../evidence/recorder.ts";
import type { Sighting } from "../../evidence/timeline.ts";
import { now } from "../../kernel/clock.ts";
import type { KeptNamespace } from "../../kernel/network-namespace.ts";
import type { Family } from "../../tcp/segment.ts";
import type { Witness } from "../../witness/witness.ts";

/** The step that the claims about it ask for. */
export const LOOK_AT_ZERO = "look at a countdown of 0";
const LISTS = new Set(["ss", "netstat", "procfs", "sock-diag"]);

type Seen = Omit<Sighting, "type" | "id" | "at" | "scene" | "after">;

export class LookAtZero {
  private readonly place: KeptNamespace;
  private readonly family: Family;
  private readonly witnesses: readonly Witness[];
  private seen: readonly Seen[] = [];
  private port = 0;
  private tries = 0;

  constructor(place: KeptNamespace, family: Family, witnesses: readonly Witness[]) {
    this.place = place;
    this.family = family;
    this.witnesses = witnesses.filter(({ name }) => LISTS.has(name));
  }

  /** Nothing holds the entry: whether it outlasted the look is for the caller to see. */
  async take(index: number): Promise<void> {
    const { family, witnesses } = this;
    const [local, remote] = [millClient(family, index), millServer(family)];
    this.tries++;
    this.port = local.port;
    // Each begins inside: what is read there and then, and the processes that are started.
    const looks = this.place.inside(() =>
      witnesses.map(async (witness) => {
        const testimonies = await witness.look([{ end: "client", local, remote, listens: false }]);
        return testimonies.map((one) => ({ witness: witness.name, source: witness.source, ...one }));
      }),
    );
    const settled = await Promise.allSettled(looks);
    this.seen = settled.flatMap((look) => (look.status === "fulfilled" ? look.value : []));
  }

  /** Writes the last look down; its lines have the time of the writing. */
  record(recorder: Recorder, scene: string): void {
    const at = now();
    const { id } = recorder.begin({
      type: "action",
      at,
      scene,
      step: LOOK_AT_ZERO,
      actor: "lab",
      sentence: `Every witness looks at the entry of port ${this.port}, whose countdown has reached 0 (try ${this.tries}).`,
      outcome: { ok: true },
    });
    for (const seen of this.seen) recorder.sighting({ type: "sighting", at, scene, after: id, ...seen });
  }
}
