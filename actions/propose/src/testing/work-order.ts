import type { WorkOrder } from "@patchpilot/incident";

/** A work order as the event holds it: nothing has read it yet. */
export const makeOrder = (
  more: Partial<WorkOrder> = {},
  incident: Partial<WorkOrder["incident"]> = {},
): WorkOrder => ({
  v: 1,
  key: `pp-77-12-a${more.attempt ?? 1}`,
  repository: "acme/shop",
  repositoryId: 77,
  issue: 12,
  url: "https://github.com/acme/shop/issues/12",
  attempt: 1,
  agent: "claude-code",
  autonomy: "draft-pr",
  incident: {
    key: "sentry:acme/1",
    kind: "error",
    title: "TypeError",
    severity: "high",
    confidence: 0.9,
    ...incident,
  },
  evidence: "",
  suspectFiles: [],
  similarIncidents: [],
  previousAttempts: [],
  ...more,
});
