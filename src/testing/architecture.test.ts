import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SRC = join(ROOT, "src");

/** Two small files that know nothing of the project: anybody's. */
const ANYBODYS = ["closest", "fault"];
const PURE = [
  "tcp",
  "claims",
  "rfc-model",
  "dialect",
  "evidence",
  "verdict",
  "report",
  "audit",
  "handed-in/bundle",
  "handed-in/grade",
  "handed-in",
  "compare",
];

/**
 * Who may import whom: a room is a folder of src, or a file that lies in src itself; a folder in a room that has a line of
 * its own here is a room, too. Types count like the rest.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  // Pure, on any operating system.
  tcp: [],
  claims: ["tcp"],
  "rfc-model": ["tcp", "claims"],
  dialect: ["tcp"],
  evidence: ["tcp"],
  verdict: ["tcp", "claims", "rfc-model", "dialect", "evidence"],
  report: ["tcp", "claims", "rfc-model", "dialect", "evidence", "verdict"],
  audit: ["tcp", "claims", "dialect", "evidence", "verdict"],
  compare: ["tcp", "claims", "rfc-model", "evidence", "verdict", "report"],
  "handed-in/bundle": ["evidence"],
  // Judged again from what a lab claims: lab loads no more of the Linux half than its types.
  "handed-in": ["tcp", "claims", "evidence", "verdict", "audit", "handed-in/bundle", "lab"],
  "handed-in/grade": ["claims", "verdict", "report", "audit", "handed-in"],
  // What a lab is, and the scenes that are built from a table; of drive it knows the verbs, and starts nothing.
  lab: ["tcp", "claims", "rfc-model", "evidence", "drive"],
  // Linux. A driver that knew the documented path would wait for it: drive sees nothing of claims.
  kernel: ["tcp"],
  wire: ["tcp", "kernel"],
  drive: ["tcp", "evidence", "kernel", "wire"],
  witness: ["tcp", "dialect", "evidence", "kernel"],
};

/** Folders and archives of runs are what bundle is about; a page reads the style sheets that lie beside it. */
const READS_FILES = ["src/handed-in/bundle/", "src/report/html/document.tsx"];

/** Where the two halves meet; these may import anything but each other's tests. */
const JOINTS = ["run", "machine", "cli", "bench", "testing"];

/** Every import and every re-export of a file, dynamic ones included. */
function importsOf(file: string, text = readFileSync(file, "utf8")): readonly string[] {
  return [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)"([^"]+)"/gm)].map(([, name = ""]) => name);
}

/** What is loaded with a file, step by step; types are erased before. */
function loadedWith(file: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(file)) return known;
  known.add(file);
  const code = readFileSync(file, "utf8").replace(/^(import|export) type [^;]*;$/gm, "");
  const own = importsOf(file, code).filter((name) => name.startsWith("."));
  for (const name of own) loadedWith(resolve(dirname(file), name), known);
  return known;
}

const sourcesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

function roomOf(file: string): string {
  const [first = "", second = ""] = relative(SRC, file).split("/");
  const inner = `${first}/${second}`;
  return inner in MAY_IMPORT ? inner : first.replace(/\.(tsx?|mjs)$/, "");
}

interface Import {
  readonly file: string;
  readonly room: string;
  readonly name: string;
  /** Undefined for a package or one of Node's own modules. */
  readonly target?: string;
}

const imports: readonly Import[] = sourcesIn(SRC).flatMap((file) =>
  importsOf(file).map((name) => ({
    file: relative(ROOT, file),
    room: roomOf(file),
    name,
    ...(name.startsWith(".") && { target: roomOf(resolve(dirname(file), name)) }),
  })),
);

const told = (found: readonly Import[]): readonly string[] => found.map(({ file, name }) => `${file}: ${name}`);

test("every room of src stands in the table or is one where the two halves meet", () => {
  const rooms = [...new Set(sourcesIn(SRC).map(roomOf))];
  const known = [...Object.keys(MAY_IMPORT), ...JOINTS, ...ANYBODYS];
  assert.deepEqual(
    rooms.filter((room) => !known.includes(room)),
    [],
  );
  assert.ok(imports.length > 500, `only ${imports.length} imports were found`);
});

test("no room imports what the table does not allow it", () => {
  const astray = imports.filter(({ room, target }) => {
    const allowed = MAY_IMPORT[room];
    if (target === undefined || target === room || ANYBODYS.includes(target)) return false;
    if (ANYBODYS.includes(room)) return true;
    return allowed !== undefined && !allowed.includes(target);
  });
  assert.deepEqual(told(astray), []);
});

test("only kernel imports koffi, and the pure half asks nothing of the operating system", () => {
  const koffi = imports.filter(({ room, name }) => name.startsWith("koffi") && room !== "kernel");
  assert.deepEqual(told(koffi), []);
  const SYSTEM = ["node:child_process", "node:net", "node:fs", "node:fs/promises", "node:os", "node:dgram"];
  const astray = imports.filter(
    ({ file, room, name }) =>
      PURE.includes(room) && SYSTEM.includes(name) && !READS_FILES.some((path) => file.startsWith(path)),
  );
  assert.deepEqual(told(astray), []);
});

test("a source finds what lies beside it by import.meta.url, which stays the same when it is compiled", () => {
  const astray = sourcesIn(SRC).filter((file) => /import\.meta\.(?!url\b)/.test(readFileSync(file, "utf8")));
  assert.deepEqual(
    astray.map((file) => relative(ROOT, file)),
    [],
  );
});

test("a lab imports the types of labs, the vocabulary of claims and the model, and nothing that drives or sees", () => {
  // Controls break the rules of the house on purpose.
  const files = sourcesIn(join(ROOT, "labs")).filter((file) => !file.includes("/control/"));
  const astray = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => name.startsWith("."))
      .map((name) => ({ file: relative(ROOT, file), room: "", name, target: roomOf(resolve(dirname(file), name)) }))
      .filter(({ target }) => !["lab", "claims", "rfc-model", "tcp"].includes(target) && !target.startsWith("..")),
  );
  assert.deepEqual(told(astray), []);
});

test("what a lab claims can be known without loading anything that plays it", () => {
  const loaded = sourcesIn(join(ROOT, "labs")).flatMap((file) => [...loadedWith(file)]);
  const rooms = new Set(loaded.filter((file) => file.startsWith(SRC)).map(roomOf));
  assert.ok(rooms.has("lab") && rooms.has("claims"), `only these rooms were found: ${[...rooms]}`);
  assert.deepEqual(
    [...rooms].filter((room) => ["kernel", "wire", "witness", "run", "machine", "cli"].includes(room)),
    [],
  );
});

test("nobody imports a room of the tests' own tools but tests and measurements", () => {
  const astray = imports.filter(({ room, target }) => target === "testing" && room !== "testing" && room !== "bench");
  assert.deepEqual(told(astray), []);
});

test("nobody stays in a namespace over an await: a world is visited, and only programs with a thread to themselves stay", () => {
  const astray = sourcesIn(SRC).filter(
    (file) => !["kernel", "bench", "testing"].includes(roomOf(file)) && /\.enter\(\)/.test(readFileSync(file, "utf8")),
  );
  assert.deepEqual(
    astray.map((file) => relative(ROOT, file)),
    [],
  );
});

/** What a file imports of src, types included, by absolute path. */
const targetsOf = (file: string): readonly string[] =>
  importsOf(file)
    .filter((name) => name.startsWith("."))
    .map((name) => resolve(dirname(file), name))
    .filter((path) => path.startsWith(SRC) && /\.tsx?$/.test(path));

/** The files on a way from `file` back to itself; none where there is none. */
function cycleThrough(file: string, path: readonly string[] = [file], done = new Set<string>()): readonly string[] {
  for (const next of targetsOf(path.at(-1) ?? file)) {
    if (next === file) return path;
    if (done.has(next)) continue;
    done.add(next);
    const cycle = cycleThrough(file, [...path, next], done);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

test("no file imports itself by way of others, not even for a type", () => {
  const cycles = sourcesIn(SRC).map((file) => cycleThrough(file).map((one) => relative(SRC, one)));
  assert.deepEqual(
    cycles.filter((cycle) => cycle.length > 0),
    [],
  );
});
