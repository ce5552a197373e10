// One entry whose countdown is at 0, looked at by every witness that lists sockets.

import { bulkClient, bulkServer } from "../../drive/bulk-connections.ts";
import type { SceneRecorder } from "../../evidence/recorder.ts";
import type { Sighting } from "../../evidence/timeline.ts";
import { listsAll } from "../../evidence/witnesses.ts";
import type { Visitable } from "../../kernel/network-namespace.ts";
import type { Family } from "../../tcp/segment.ts";
import type { Subject, Witness } from "../../witness/witness.ts";
import { Beacon } from "../beacon.ts";
import type { Census } from "./census.ts";

/** The step that the claims about it ask for. */
export const LOOK_AT_ZERO = "look at a countdown of 0";

type Seen = Omit<Sighting, "type" | "id" | "at" | "scene" | "after" | "source">;

/** A look under way, or over when `seen` is there. */
interface Try {
  readonly index: number;
  readonly port: number;
  seen?: readonly Seen[];
}

export class LookAtZero {
  private readonly place: Visitable;
  private readonly family: Family;
  private readonly witnesses: readonly Witness[];
  private last: Try | undefined;
  private tries = 0;

  constructor(place: Visitable, family: Family, witnesses: readonly Witness[]) {
    this.place = place;
    this.family = family;
    this.witnesses = witnesses.filter(({ name }) => listsAll(name));
  }

  /**
   * To be called right after each look of the census. Returns whether that look still saw the entry that every witness had
   * looked at before: if it has ended, they may not have looked at the same thing. Another is then tried at once, without
   * waiting for a witness that is slow, since who reaches 0 right after others have ended will stand there the longest.
   */
  advance(census: Pick<Census, "saw" | "atZero">): boolean {
    if (this.last !== undefined && census.saw(this.last.index)) return this.last.seen !== undefined;
    const [index] = census.atZero;
    if (index !== undefined) this.try(index);
    return false;
  }

  private try(index: number): void {
    const { place, family, witnesses } = this;
    const [local, remote] = [bulkClient(family, index), bulkServer(family)];
    const one: Try = { index, port: local.port };
    this.last = one;
    this.tries++;
    const subjects: readonly Subject[] = [{ end: "client", local, remote, listens: false }];
    const beacon = new Beacon(place, subjects);
    const looks = witnesses.map(async (witness) => {
      const testimonies = await witness.look(subjects, beacon.endpoint, place);
      return testimonies.map((testimony) => ({ witness: witness.name, ...testimony }));
    });
    Promise.allSettled(looks).then((settled) => {
      beacon[Symbol.dispose]();
      one.seen = settled.flatMap((look) => (look.status === "fulfilled" ? look.value : []));
    });
  }

  /** Writes the look that succeeded down; its lines have the time of the writing. */
  record(recorder: SceneRecorder): void {
    const after = recorder.action({
      step: LOOK_AT_ZERO,
      actor: "lab",
      sentence: `Every witness looks at the entry of port ${this.last?.port}, whose countdown has reached 0 (try ${this.tries}).`,
      outcome: { ok: true },
    });
    for (const seen of this.last?.seen ?? []) recorder.sighting({ after, ...seen });
  }
}
