import { HOUR } from "@patchpilot/time";
import { expect } from "vitest";
import { crashEvent, it, type startSentry } from "./simulated-sentry.ts";

/** Three issues: the first in two routes, the second without a route, the third of long ago. */
function recordIssues({ simulator, clock }: ReturnType<typeof startSentry>) {
  const at = clock.now() - HOUR / 2;
  const record = (type: string, transaction: string | undefined, times: number, when = at) => {
    const { transaction: _, ...event } = crashEvent(type, type);
    const placed = transaction === undefined ? event : { ...event, transaction };
    simulator.recordEvent({ event: placed, instants: Array.from({ length: times }, () => when) });
  };
  record("A", "POST /pay", 5);
  record("A", "PUT /cart", 2);
  record("B", undefined, 3);
  record("C", "GET /", 4, clock.now() - 3 * HOUR);
  const issues = simulator.issues().map(({ id, shortId }) => ({ id, shortId, projectId: "42" }));
  return { issues, window: { start: new Date(clock.now() - HOUR), end: new Date(clock.now()) } };
}

it("counts issues within a window in one request, and none as none", async ({ world }) => {
  const { issues, window } = recordIssues(world);
  const counts = await world.sentry.countIssueEvents(issues, window);
  expect([...counts.values()]).toEqual([7, 3, 0]);
  expect(world.simulator.requests).toHaveLength(1);
});

it("names the transactions of issues in one request, the most frequent first", async ({ world }) => {
  const { issues, window } = recordIssues(world);
  const found = await world.sentry.errorsByTransaction(issues, window);
  expect(issues.map(({ id }) => found.get(id))).toEqual([
    [
      { transaction: "POST /pay", count: 5 },
      { transaction: "PUT /cart", count: 2 },
    ],
    [{ transaction: null, count: 3 }],
    undefined,
  ]);
  expect(world.simulator.requests).toHaveLength(1);
});
