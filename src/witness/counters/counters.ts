// The witness counters: how the namespace's TCP counters grew since the look before. It names causes, not states.

import type { Counters } from "../../kernel/tcp-counters.ts";
import type { Witness } from "../witness.ts";

/** A new one for each scene: a namespace starts its counters at 0. `read`: of the scene's world. */
export function countersSince(read: () => Counters): Witness {
  let before = read();
  return {
    name: "counters",
    look() {
      const after = read();
      const grown = [...after].flatMap(([name, value]) => {
        const growth = value - (before.get(name) ?? 0);
        return growth === 0 ? [] : [[name, growth] as const];
      });
      before = after;
      if (grown.length === 0) return [];
      const counters = Object.fromEntries(grown);
      return [{ counters, raw: grown.map(([name, growth]) => `${name} ${growth > 0 ? "+" : ""}${growth}`).join(" ") }];
    },
  };
}
