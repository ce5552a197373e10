// What a change of Linux is, as far as kernels that are in use answer differently by it: before, after, and who has seen both.

import type { Form, Value } from "../../claims/claim.ts";
import type { Question } from "../../claims/question.ts";

interface Commit {
  /** The first twelve digits: "42726ec644cb". */
  readonly id: string;
  /** The first mainline release that has it: "7.1". */
  readonly release: string;
  /** The first release of each stable tree that has it, as far as that is known: "6.18.33". */
  readonly stable?: readonly string[];
}

export interface KernelChange {
  /** Words, permanent. checks/<id>.former.pkt and .latter.pkt show both sides without this project, to packetdrill. */
  readonly id: string;
  readonly commit: Commit;
  /** Its first line. */
  readonly subject: string;
  /** The commit that brought the former behaviour, where Linux had not always had it. */
  readonly formerSince?: Commit;
  /** The kernel's functions: "tcp_rcv_established()". */
  readonly where: string;
  /** What kernels without the change do, to stand behind "Linux before 42726ec644cb (7.1, 6.18.33) ". */
  readonly former: string;
  /** What those with it do, to stand behind "Linux since 42726ec644cb (7.1, 6.18.33) ". */
  readonly latter: string;
  /** Kernels on which the one script or the other passed: Debian's, 6.18.44 apart. Stable kernels have many changes of later ones. */
  readonly seen: { readonly former: readonly string[]; readonly latter: readonly string[] };
}

const format = ({ id, release, stable = [] }: Commit): string => `${id} (${[release, ...stable].join(", ")})`;

export function renderFormer({ commit, formerSince, where, former }: KernelChange): string {
  const kernels = formerSince === undefined ? "before" : `from ${format(formerSince)} until`;
  return `Linux ${kernels} ${format(commit)} ${former}: ${where}.`;
}

/** What was undone again is what kernels did before as well. */
export function renderLatter({ commit, formerSince, where, latter }: KernelChange): string {
  const before = formerSince === undefined ? "" : ` before ${format(formerSince)}, and`;
  return `Linux${before} since ${format(commit)} ${latter}: ${where}.`;
}

/** Of a claim that one change decides: what kernels with it show, and what those without it do. `ask`: as in a form. */
export const formsAround = (change: KernelChange, latter: Value, former: Value, ask?: Question): readonly Form[] => [
  { id: `since-${change.id}`, value: latter, told: renderLatter(change) },
  { id: `before-${change.id}`, value: former, told: renderFormer(change), ...(ask !== undefined && { ask }) },
];
