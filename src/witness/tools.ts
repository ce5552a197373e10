// The tools that witnesses run: where they are, their versions, and the package that brings a missing one.

import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { TOOLS, type Tool, WITNESSES } from "../evidence/witnesses.ts";

/** Debian keeps them where an unprivileged user's PATH may not look. */
const SYSTEM_FOLDERS = ["/usr/sbin", "/sbin", "/usr/bin", "/bin"];

export interface ToolReport {
  readonly found: readonly Tool[];
  readonly absent: Readonly<Record<string, string>>;
  /** As each names itself; filled in while the scenes are played. */
  readonly versions: Record<string, string>;
}

export function findTools(without: readonly string[]): ToolReport {
  const found: Tool[] = [];
  const absent: Record<string, string> = {};
  for (const tool of TOOLS) {
    if (without.includes(tool)) absent[tool] = `left out by --without ${tool}`;
    else if (pathOf(tool) === undefined)
      absent[tool] =
        `not found on this machine: install it with "apt-get install ${WITNESSES[tool].tool.debianPackage}"`;
    else found.push(tool);
  }
  return { found, absent, versions: {} };
}

export const pathOf = (tool: Tool): string | undefined => findProgram([tool]);

/** The first of these programs that this machine has: its path. */
export function findProgram(names: readonly string[]): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...SYSTEM_FOLDERS];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const TIME_LIMIT_MS = 2000;

/** Asks each tool for its version; the answers are in `report.versions` when the promise resolves. */
export async function askVersions(report: ToolReport): Promise<void> {
  await Promise.all(
    report.found.map(async (tool) => {
      report.versions[tool] = await askVersion(tool);
    }),
  );
}

function askVersion(tool: Tool): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      pathOf(tool) ?? tool,
      WITNESSES[tool].tool.version,
      { timeout: TIME_LIMIT_MS },
      (_error, stdout, stderr) => {
        const [line = ""] = `${stdout}${stderr}`.split("\n");
        resolve(line.trim() === "" ? "did not say its version" : line.trim());
      },
    );
  });
}
