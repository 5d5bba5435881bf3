import type { IncidentRecord } from "@patchpilot/incident";
import { describe, expect, it } from "vitest";
import { handle } from "./testing/fake-ports.ts";
import { accepted, recovered } from "./testing/incidents.ts";
import { sentryIssue } from "./testing/sentry.ts";

const window = { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" };
const slow: Partial<IncidentRecord> = {
  kind: "performance",
  key: "span:acme/1",
  performance: {
    verdict: "regressed",
    source: "spans",
    operation: { project: "shop", op: "http.server", transaction: "GET /cart", description: "" },
    window,
    threshold: 1000,
    now: { p95: 2000 },
    sentryIssue: "SHOP-12",
  },
};

/** An incident of that kind, closed as recovered. */
function closedSlow() {
  const closed = recovered(5, "12");
  const stored = closed.records.incident;
  if (stored === undefined) throw new Error("There is no record.");
  const records = { ...closed.records, incident: { ...stored, data: { ...stored.data, ...slow } } };
  return { ...closed, records };
}

describe("a slow operation that perf-scan accepted", () => {
  it("waits for its repair like any other", async () => {
    const { outputs } = await handle({ incidents: [accepted(5, "12", { body: "slow" }, slow)] });
    expect(outputs.accepted).toEqual([5]);
  });

  it("is not taken for an error where a person reopened it", async () => {
    const reopened = { ...closedSlow(), phase: "needs-human" as const, open: true };
    const { changes } = await handle({ incidents: [reopened] });
    expect(changes.flatMap((change) => change.records)).toEqual([]);
  });

  it("does not come back because of an error of its name", async () => {
    const at = "2026-11-19T00:00:00Z";
    const issue = sentryIssue("12", { lastSeen: at, regressions: [{ at, release: "shop@2" }] });
    const { changes } = await handle({ known: [closedSlow()], issues: new Map([["12", issue]]) });
    expect(changes).toEqual([]);
  });

  it("is not opened a second time for Sentry's own issue on it", async () => {
    const known = [accepted(5, "99", {}, { ...slow, sentry: undefined })];
    const issues = new Map([["12", sentryIssue("12")]]);
    const { world } = await handle({ known, issues }, { source: "sentry" });
    expect(world.drafts).toEqual([]);
  });
});
