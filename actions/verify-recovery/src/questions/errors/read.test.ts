import { describe, expect, test } from "vitest";
import { contract } from "../../contract.ts";
import { run } from "../../run.ts";
import { closedCase } from "../../testing/watched.ts";
import { aCase, aWorld, history, NOW, openWorld } from "../../testing/world.ts";
import type { ErrorHistory } from "../sources.ts";

const untold = "Errors of SHOP-1 could not be read by release: HTTP 500. Upgrade Sentry.";

/** Of issue 1 the releases could not be read; issue 2 can be counted. */
const histories = (issue: number): ErrorHistory =>
  issue === 1 ? { ...history(30, 20), untold } : history(30);

describe("errors whose releases could not be read", () => {
  test("disprove no fix: it waits with the remedy, while the other incident closes", async () => {
    const cases = [aCase({ issue: 1 }), aCase({ issue: 2 })];
    const { outputs } = await run(
      contract.inputs.parse({}),
      openWorld(aWorld({ cases, errors: histories, ports: {} })),
    );
    expect(outputs.closed).toEqual([2]);
    expect(outputs.decisions).toMatchObject([
      { issue: 1, decision: "wait", verdict: "unknown", reason: expect.stringContaining(untold) },
      { issue: 2 },
    ]);
  });

  test("reopen nothing, and leave a look due", async () => {
    const cases = [closedCase(25, { issue: 1 })];
    const readLastSeen = () => Promise.resolve(new Map([[1, { lastSeen: NOW, count: null, users: null }]]));
    const { outputs } = await run(
      contract.inputs.parse({}),
      openWorld(aWorld({ cases, errors: histories, ports: { readLastSeen } })),
    );
    expect(outputs.reopened).toEqual([]);
    expect(outputs.decisions).toMatchObject([{ decision: "doubt", reason: expect.stringContaining(untold) }]);
  });
});
