import { parse } from "yaml";

/** Whether a workflow starts by a `repository_dispatch` event of this type. A file that is no YAML does not. */
export function hearsDispatch(text: string, eventType: string): boolean {
  const types = typesOf(triggerOf(text));
  return types === "all" || types.includes(eventType);
}

/** Whether its `run-name` holds the key of the attempt, by which `dispatch` finds the run. */
export const namesItsRun = (text: string): boolean =>
  /^run-name:.*client_payload\.patchpilot\.key/m.test(text);

/** What stands under `on.repository_dispatch`; undefined: nothing. */
function triggerOf(text: string): unknown {
  const on = readTriggers(text);
  if (on === "repository_dispatch" || (Array.isArray(on) && on.includes("repository_dispatch"))) return "all";
  if (typeof on !== "object" || on === null || !("repository_dispatch" in on)) return undefined;
  return on.repository_dispatch ?? "all";
}

function readTriggers(text: string): unknown {
  try {
    return (parse(text, { logLevel: "error" }) as { on?: unknown } | null)?.on;
  } catch {
    return undefined;
  }
}

function typesOf(trigger: unknown): "all" | readonly string[] {
  if (trigger === undefined) return [];
  if (trigger === "all") return "all";
  const { types } = trigger as { types?: unknown };
  if (types === undefined) return "all";
  return Array.isArray(types) ? types.map(String) : [String(types)];
}
