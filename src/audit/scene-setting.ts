// What a scene's first note says of its setting, as far as the checks need it.

import { isNoteOf } from "../evidence/notes.ts";
import type { TimelineLine } from "../evidence/timeline.ts";
import type { Endpoint } from "../tcp/segment.ts";

export interface SceneSetting {
  readonly mode: string;
  readonly client: Pick<Endpoint, "port">;
  readonly server: Pick<Endpoint, "port">;
}

/** By scene. A note without ports, which no run writes, is passed over. */
export function settingsOf(lines: readonly TimelineLine[]): ReadonlyMap<string, SceneSetting> {
  const settings = new Map<string, SceneSetting>();
  for (const line of lines) {
    if (!isNoteOf(line, "scene") || line.scene === undefined) continue;
    const { mode, client, server } = line.data ?? {};
    if (hasPort(client) && hasPort(server)) settings.set(line.scene, { mode: String(mode), client, server });
  }
  return settings;
}

const hasPort = (value: unknown): value is { readonly port: number } =>
  typeof value === "object" && value !== null && "port" in value && typeof value.port === "number";
