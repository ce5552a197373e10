// JUnit XML as continuous-integration servers read it: a suite for every run, a case for every claim.

import type { JudgedClaim } from "../../verdict/document-schema.ts";
import { isRefusal, type Judgement } from "../judge-bundle.ts";
import type { GradeFormat } from "./format.ts";

export function junitFormat(): GradeFormat {
  return {
    begin: '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="tcp-loopback-lab">\n',
    add: (judged) => (isRefusal(judged) ? refusedSuite(judged.name, judged.refused) : suite(judged)),
    end: () => "</testsuites>\n",
  };
}

function refusedSuite(name: string, reason: string): string {
  return `  <testsuite${attributes({ name, tests: 1, failures: 0, errors: 1, skipped: 0 })}>\n    <testcase${attributes({ name: "can be judged", classname: name })}><error${attributes({ message: reason })}/></testcase>\n  </testsuite>\n`;
}

function suite({ name, verdict, complaints }: Judgement): string {
  const { claims, run } = verdict;
  const cases = [
    ...claims.map((claim) => caseOf(run.lab, claim)),
    consistencyCase(
      run.lab,
      complaints.map(({ text }) => text),
    ),
  ];
  const count = (what: string) => cases.filter((one) => one.includes(`<${what}`)).length;
  const head = {
    name,
    tests: cases.length,
    failures: count("failure"),
    errors: 0,
    skipped: count("skipped"),
    timestamp: run.startedAt,
  };
  return `  <testsuite${attributes(head)}>\n${cases.join("")}  </testsuite>\n`;
}

function caseOf(lab: string, claim: JudgedClaim): string {
  const { id, scene, verdict, expected, because } = claim;
  const own = attributes({ name: id, classname: `${lab}.${scene}` });
  if (verdict === expected) return `    <testcase${own}/>\n`;
  const message = attributes({ message: `${verdict}: ${claim.claim}` });
  if (verdict === "unsupported") return `    <testcase${own}><skipped${message}/></testcase>\n`;
  return `    <testcase${own}><failure${message}>${escaped(because.join("\n"))}</failure></testcase>\n`;
}

function consistencyCase(lab: string, complaints: readonly string[]): string {
  const own = attributes({ name: "the evidence is consistent", classname: lab });
  if (complaints.length === 0) return `    <testcase${own}/>\n`;
  return `    <testcase${own}><failure${attributes({ message: complaints[0] ?? "" })}>${escaped(complaints.join("\n"))}</failure></testcase>\n`;
}

const attributes = (of: Readonly<Record<string, string | number>>): string =>
  Object.entries(of)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join("");

/** Characters that XML 1.0 §2.2 has no place for, not even as references. */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const ENTITY: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\n": "&#10;",
};

const escaped = (text: string): string =>
  text.replaceAll(NOT_XML, "\ufffd").replaceAll(/[&<>"'\n]/g, (one) => ENTITY[one] ?? one);
