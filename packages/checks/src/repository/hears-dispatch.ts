import { parseYaml } from "../parse-yaml.ts";
import type { RepositorySettings } from "./facts.ts";

type Workflow = { readonly on?: unknown; readonly "run-name"?: unknown };

/** Whether a workflow starts as `dispatch` starts it. A file that is no YAML does not. */
export function hearsDispatch(
  text: string,
  { via, "event-type": eventType }: Pick<RepositorySettings, "via" | "event-type">,
): boolean {
  const trigger = findTrigger(readWorkflow(text).on, via);
  if (trigger === undefined) return false;
  if (via === "workflow_dispatch") return true;
  const { types } = (trigger ?? {}) as { types?: unknown };
  return types === undefined || [types].flat().map(String).includes(eventType);
}

/** Whether its `run-name` holds the key of the attempt, by which `dispatch` finds the run. */
export function namesItsRun(text: string): boolean {
  const name = readWorkflow(text)["run-name"];
  return typeof name === "string" && /\$\{\{[^}]*\bpatchpilot\b\W+key\b/.test(name);
}

/** What is below `on.<event>`, null for nothing more; undefined: the workflow does not hear it. */
function findTrigger(on: unknown, event: string): unknown {
  if (on === event || (Array.isArray(on) && on.includes(event))) return null;
  if (typeof on !== "object" || on === null || !Object.hasOwn(on, event)) return undefined;
  return (on as Record<string, unknown>)[event] ?? null;
}

const readWorkflow = (text: string): Workflow => (parseYaml(text) as Workflow | null | undefined) ?? {};
