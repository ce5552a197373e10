// Chance that can be had again: a generator that a printed seed starts (mulberry32), for the tests that change recorded evidence.

export interface Chance {
  /** 0 to `below` - 1. */
  number(below: number): number;
  /** One of them; throws where there is none. */
  pick<T>(from: readonly T[]): T;
}

/** SEED in the environment has a failure again. */
export const seedOfRun = (): number => Number(process.env.SEED ?? Date.now() % 2 ** 31);

export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const number = (below: number) => Math.floor(next() * below);
  return {
    number,
    pick(from) {
      if (from.length === 0) throw new Error("seeded: picking from nothing");
      return from[number(from.length)] as (typeof from)[number];
    },
  };
}
