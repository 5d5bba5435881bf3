import type { IncidentRecord } from "@patchpilot/incident";
import { describe, expect, it } from "vitest";
import { run } from "./run.ts";
import { inputsOf, makeWorld, portsOf } from "./testing/fake-ports.ts";
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

describe("a slow operation that perf-scan accepted", () => {
  it("waits for its repair like any other", async () => {
    const world = makeWorld({ incidents: [accepted(5, "12", { body: "slow" }, slow)] });
    const { outputs } = await run(inputsOf(), portsOf(world));
    expect(outputs.accepted).toEqual([5]);
  });

  it("is not taken for an error where a person reopened it", async () => {
    const closed = recovered(5, "12");
    const [stored] = [closed.records.incident];
    if (stored === undefined) throw new Error("There is no record.");
    const records = { ...closed.records, incident: { ...stored, data: { ...stored.data, ...slow } } };
    const world = makeWorld({
      incidents: [{ ...closed, phase: "needs-human", open: true, records }],
    });
    await run(inputsOf(), portsOf(world));
    expect(world.changes.flatMap((change) => change.records)).toEqual([]);
  });

  it("does not come back because of an error of its name", async () => {
    const closed = recovered(5, "12");
    const [stored] = [closed.records.incident];
    if (stored === undefined) throw new Error("There is no record.");
    const records = { ...closed.records, incident: { ...stored, data: { ...stored.data, ...slow } } };
    const at = "2026-11-19T00:00:00Z";
    const issue = sentryIssue("12", { lastSeen: at, regressions: [{ at, release: "shop@2" }] });
    const world = makeWorld({ known: [{ ...closed, records }], issues: new Map([["12", issue]]) });
    await run(inputsOf(), portsOf(world));
    expect(world.changes).toEqual([]);
  });

  it("is not opened a second time for Sentry's own issue on it", async () => {
    const world = makeWorld({
      known: [accepted(5, "99", {}, { ...slow, sentry: undefined })],
      issues: new Map([["12", sentryIssue("12")]]),
    });
    await run(inputsOf({ source: "sentry" }), portsOf(world));
    expect(world.drafts).toEqual([]);
  });
});
