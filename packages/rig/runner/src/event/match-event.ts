import type { Workflow } from "@patchpilot/workflow";
import { matchesFilter } from "./filter-pattern.ts";

/** What decides whether a workflow listens to an event. */
export type EventFacts = {
  readonly event: string;
  readonly action: string | undefined;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly schedule: string | undefined;
};

/** Activities that start a workflow which names none. Other events start it for every activity. */
const DEFAULT_TYPES: Readonly<Record<string, readonly string[]>> = {
  pull_request: ["opened", "synchronize", "reopened"],
};

type Filters = {
  readonly types?: readonly string[];
  readonly branches?: readonly string[];
  readonly "branches-ignore"?: readonly string[];
  readonly workflows?: readonly string[];
};

/**
 * Whether a workflow's `on` covers an event.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export function listensTo(workflow: Workflow, facts: EventFacts): boolean {
  const { events } = workflow;
  if (facts.event === "schedule") {
    return (events.schedule ?? []).some(
      ({ cron }) => facts.schedule === undefined || cron === facts.schedule,
    );
  }
  const filters = events[facts.event] as Filters | undefined;
  if (filters === undefined) return false;
  const types = filters.types ?? DEFAULT_TYPES[facts.event];
  if (types !== undefined && (facts.action === undefined || !types.includes(facts.action))) return false;
  const source = facts.payload["workflow_run"] as { name?: string } | undefined;
  if (filters.workflows !== undefined && !matchesFilter(filters.workflows, source?.name ?? "")) return false;
  const branch = readBranch(facts);
  if (filters.branches !== undefined && !matchesFilter(filters.branches, branch)) return false;
  return filters["branches-ignore"] === undefined || !matchesFilter(filters["branches-ignore"], branch);
}

/** The branch that `branches` filters look at: a pull request's base, a run's head. */
function readBranch({ event, payload }: EventFacts): string {
  const pull = payload["pull_request"] as { base?: { ref?: string } } | undefined;
  const run = payload["workflow_run"] as { head_branch?: string } | undefined;
  return (event === "pull_request" ? pull?.base?.ref : run?.head_branch) ?? "";
}
