// What a run keeps of a TIME_WAIT population: raw figures in few lines, from which every length is worked out again. All times in milliseconds of the monotonic clock from the first close on.

export interface PopulationRecord {
  readonly entries: number;
  /** CONFIG_HZ, and where it was read. */
  readonly hz: number;
  readonly hzFrom: string;
  /** The interval between the wheel's instants that follows from it. */
  readonly granularity: number;
  /** One row for each batch of entries: the first began (went to TIME_WAIT) after `from`, the last before `to`. */
  readonly starts: readonly (readonly [from: number, to: number, count: number])[];
  /** A look that listed so many, taken between `from` and `to`; their shortest and longest countdown. Looks of which nothing is told are left out. */
  readonly looks: readonly (readonly [
    from: number,
    to: number,
    standing: number,
    atZero: number,
    least: number,
    most: number,
  ])[];
  /** So many of this batch ended between the look before this one, which saw them, and this one, which did not. */
  readonly ended: readonly (readonly [batch: number, look: number, count: number])[];
  /** Entries that no look ever saw. */
  readonly unseen: number;
  /** Tcp.OutRsts of its namespace, in which nobody asks for a RST: one that meets a TIME_WAIT ends it (RFC 1337). Older runs did not read it. */
  readonly resets?: number;
  /** Entries that the last look still saw. */
  readonly standing: number;
  /** Whether the watch was carried to its end. */
  readonly complete: boolean;
  /** How far the wall clock was moved against the monotonic one meanwhile. */
  readonly clockMoved: number;
}
