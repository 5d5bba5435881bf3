import { WORK_ORDER_LIMIT, workOrder } from "@patchpilot/incident";
import { incidentOf, incidentRecord } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import { buildWorkOrder } from "./work-order.ts";

const ATTEMPT = { number: 3, key: "pp-4242-12-a3" };
const CONTEXT = {
  repository: "acme/shop",
  repositoryId: 4242,
  agent: "codex",
  depth: { autonomy: "plan" as const, reasons: [] },
  recipe: undefined,
};

function orderFor(data: Parameters<typeof incidentOf>[0] = {}, body?: string) {
  const incident = incidentOf(data);
  const stored = incident.records.incident;
  const records =
    stored && body !== undefined ? { ...incident.records, incident: { ...stored, body } } : incident.records;
  return buildWorkOrder({ ...incident, records }, ATTEMPT, CONTEXT, { previousAttempts: [] });
}

describe("a work order", () => {
  it("is one that `claim` takes", () => {
    expect(workOrder.parse(orderFor())).toMatchObject({ key: "pp-4242-12-a3", attempt: 3, agent: "codex" });
  });

  it("carries the evidence as people read it, without the hidden line", () => {
    const body =
      "### Incident\n\nTypeError\n\n<!-- patchpilot:v1 kind=incident seq=1 mac=none data=e30= -->\n";
    expect(orderFor({}, body)?.evidence).toBe("### Incident\n\nTypeError");
  });

  it.each([
    ["error", "fix-incident"],
    ["performance", "fix-performance"],
    ["issue", "resolve-issue"],
    ["task", "task"],
  ] as const)("names the recipe for an incident of the kind %s: %s", (kind, recipe) => {
    expect(orderFor({ incident: incidentRecord({ kind }) })?.recipe).toBe(recipe);
  });

  it("names the recipe that was asked for instead", () => {
    const order = buildWorkOrder(
      incidentOf(),
      ATTEMPT,
      { ...CONTEXT, recipe: "tidy" },
      { previousAttempts: [] },
    );
    expect(order?.recipe).toBe("tidy");
  });

  it("tells what earlier attempts taught", () => {
    const taught = [{ attempt: 1, outcome: "failed", diff: "diff --git" }];
    const order = buildWorkOrder(incidentOf(), ATTEMPT, CONTEXT, { previousAttempts: taught });
    expect(order?.previousAttempts).toEqual(taught);
  });

  it.each([
    ["SHOP-2T", "SHOP-2T"],
    ["SHOP-1 [skip ci]", undefined],
    ["", undefined],
  ])("carries Sentry's short id %j as %j", (shortId, carried) => {
    const incident = incidentRecord({ sentry: { organization: "acme", shortId } });
    expect(orderFor({ incident })?.incident.shortId).toBe(carried);
  });

  it("carries the impact as fields, and the severity that it raised", () => {
    const events = [
      { event: "checkout", current: 400, baseline: 1_000, change: -0.6, actors: 300, baselineActors: 700 },
    ];
    const window = { from: "2026-11-20T00:00:00.000Z", to: "2026-11-21T00:00:00.000Z" };
    const impact = {
      summary: "",
      window,
      baseline: "previous-week",
      events,
      episode: 1,
      severity: "critical",
    } as const;
    const order = orderFor({ impact: { ...impact, events: [...events] } });
    expect(order?.productImpact?.events).toEqual([{ ...events[0], finding: "fell" }]);
    expect([order?.incident.severity, order?.impact]).toEqual(["critical", undefined]);
  });

  it("leaves out what is not known", () => {
    const incident = incidentRecord({ environment: undefined, release: undefined });
    expect(Object.keys(orderFor({ incident })?.incident ?? {})).toEqual([
      "key",
      "kind",
      "title",
      "severity",
      "confidence",
    ]);
  });

  it("comes under GitHub's limit with the largest record that there is", () => {
    const order = orderFor({}, `${'"<\n'.repeat(20_000)}\nhidden`);
    expect(Buffer.byteLength(JSON.stringify(order))).toBeLessThanOrEqual(WORK_ORDER_LIMIT);
  });

  it("cannot be built for an incident whose record is gone", () => {
    expect(orderFor({ incident: undefined })).toBeUndefined();
  });
});
