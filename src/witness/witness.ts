// What every witness is: something that reads both ends while the world stands still. It never acts and never judges.

import type { Sighting } from "../evidence/timeline.ts";
import type { WitnessName } from "../evidence/witnesses.ts";
import type { Visitable } from "../kernel/network-namespace.ts";
import type { End } from "../tcp/end.ts";
import type { Endpoint } from "../tcp/segment.ts";

/** One end, as a witness must look for it. */
export interface Subject {
  readonly end: End;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** The end's listener is meant, whatever became of its connections. */
  readonly socket?: "listener";
  /** The end is a listener whose connection, if there is one, has not been accepted. */
  readonly listens: boolean;
  /** The open descriptor of the connection, or of the listener before accept(). */
  readonly descriptor?: number;
}

/** What a witness read of one end: a sighting before it has its place in the timeline. */
export type Testimony = Pick<Sighting, "end" | "socket" | "states" | "raw" | "timer" | "inode" | "counters">;

export interface Witness {
  readonly name: WitnessName;
  /**
   * A scene begins whose ends have these local ports: what was heard of them before is of others, perhaps of another run
   * that had the same.
   */
  readonly begin?: (ports: readonly number[]) => void;
  /**
   * Throws a WitnessError when it cannot see or what it read is unreadable: never a default in its place. Of an end that
   * it could not see or hear it says nothing. `beacon`: somebody listens there while the look is taken, and a list of
   * sockets that lacks it is a list of others. `place`: where the ends are; whatever the namespace decides about is asked
   * there.
   */
  look(
    subjects: readonly Subject[],
    beacon: Endpoint,
    place: Visitable,
  ): readonly Testimony[] | Promise<readonly Testimony[]>;
}
