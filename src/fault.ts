// The errors of this project: an instrument fails, the harness fails, a lab is wrong, the usage is wrong. What the kernel does is none of them.

/** Wording of every message: "who: what was attempted: what came back", in lower case, with the remedy. */
class Fault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** An instrument is missing, hangs, or said something unreadable; the lab goes on without it. */
export class WitnessError extends Fault {
  /** It kept everybody waiting: not to be asked again in the whole run. */
  readonly hung: boolean;
  constructor(message: string, { hung = false }: { readonly hung?: boolean } = {}) {
    super(message);
    this.hung = hung;
  }
}

/** Our own machinery failed; there is no verdict (exit status 3). */
export class HarnessError extends Fault {}

/** A lab file says something impossible; refused before a socket opens (exit status 3). */
export class LabError extends Fault {}

/** The command line asks for something that does not exist (exit status 3). */
export class UsageError extends Fault {}
