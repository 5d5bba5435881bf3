import { describe, expect, test } from "vitest";
import { findMergeCommit, mergeByHand } from "../../worlds/live-app.ts";
import { SENTRY_INPUTS } from "../../worlds/providers.ts";
import { verifyRecovery } from "../../worlds/run-actions.ts";
import { readComments, readPhase } from "../../worlds/scenario.ts";
import { openSlowShop, type SlowShop } from "../../worlds/slow-shop.ts";

const ISSUE = 1;

/** A person's fix of the incident, merged and live at once. */
function fix({ test }: SlowShop): void {
  test.clock.advance(5 * 60_000);
  const maya = test.world.as("maya");
  const ref = findMergeCommit({ test }, mergeByHand({ test }, `Refs #${ISSUE}`));
  const { id } = maya.createDeployment({ ref, environment: "production" });
  maya.setDeploymentStatus({ deploymentId: id, state: "success" });
}

const verify = ({ test: world }: SlowShop, runId: string) =>
  verifyRecovery(world, { runId, inputs: SENTRY_INPUTS });

describe("an operation that became slow with a release", () => {
  test.each([
    ["is found slow, fixed by a person, closed as fast again, and not opened anew", 4],
    ["is found slow at two thirds more, too", 1.7],
  ])("%s", async (_, factor) => {
    const shop = openSlowShop({ slowHours: 24, factor });
    expect((await shop.scan()).outputs.opened).toEqual([ISSUE]);
    fix(shop);
    shop.pass(1);
    expect((await verify(shop, "v1")).outputs.waiting).toEqual([ISSUE]);
    shop.pass(8);
    expect((await verify(shop, "v2")).outputs.closed).toEqual([ISSUE]);
    expect(readPhase(shop.test, ISSUE)).toBe("recovered");
    expect(readComments(shop.test, ISSUE)).toMatch(/p95 is \d+ ms over \d+ requests/);
    shop.pass(16);
    expect((await shop.scan({ runId: 2 })).outputs).toMatchObject({ opened: [], updated: [] });
  });

  test("is known again though its SQL is long and has many lines", async () => {
    const sql = `SELECT ${Array.from({ length: 60 }, (_, index) => `column_${index}`).join(",\n  ")}\nFROM cart`;
    const shop = openSlowShop({ slowHours: 24, sql });
    expect((await shop.scan()).outputs.opened).toEqual([ISSUE]);
    fix(shop);
    shop.pass(8);
    expect((await verify(shop, "v1")).outputs.closed).toEqual([ISSUE]);
  });

  test("whose fix does not help goes to the person who made it", async () => {
    const shop = openSlowShop({ slowHours: 24 });
    await shop.scan();
    fix(shop);
    shop.pass(8, 4);
    expect((await verify(shop, "v1")).outputs.escalated).toEqual([ISSUE]);
    expect(readComments(shop.test, ISSUE)).toContain("Still slow");
  });
});
