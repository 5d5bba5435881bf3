import { assertNoViolations } from "@patchpilot/simulators/github";
import { afterEach, describe, expect, test } from "vitest";
import { openSlowReleases, type SlowReleases } from "./support/open-slow-releases.ts";

/** A slow operation whose fix is deployed: which releases serve it, and does Sentry still see it? */

let shop: SlowReleases;
afterEach(async () => {
  await shop.close();
  assertNoViolations(shop.app.test.simulator);
  expect(shop.app.sentry.violations).toEqual([]);
});

async function open(...given: Parameters<typeof openSlowReleases>): Promise<SlowReleases> {
  shop = await openSlowReleases(...given);
  return shop;
}

const FAST = 1;
const SLOW = 3;

describe("releases without the fix", () => {
  test("hold it up while half of the requests are theirs", async () => {
    const { old, fix, look } = await open();
    const parts = [
      { release: fix, requests: 25, factor: FAST },
      { release: old, requests: 25, factor: SLOW },
    ];
    for (let i = 0; i < 4; i++) console.log(await look(12, ...parts));
  });
  test("fade", async () => {
    const { old, fix, look, serve } = await open();
    for (const [hours, left] of [
      [2, 30],
      [2, 20],
      [2, 12],
      [2, 8],
      [2, 5],
      [2, 4],
    ] as const) {
      console.log(
        await look(
          hours,
          { release: fix, requests: 50 - left, factor: FAST },
          { release: old, requests: left, factor: SLOW },
        ),
      );
    }
  });
  test("all", async () => {
    const { old, fix, look, serve } = await open();
    for (const hours of [3, 9, 20, 30])
      console.log(await look(hours, { release: old, requests: 50, factor: SLOW }));
  });
  test("failing", async () => {
    const { old, fix, look, serve } = await open();
    console.log(await look(12, { release: fix, requests: 50, factor: SLOW }));
  });
  test("failing mixed", async () => {
    const { old, fix, look, serve } = await open();
    for (const hours of [3, 9, 20, 30])
      console.log(
        await look(
          12,
          { release: fix, requests: 25, factor: SLOW },
          { release: old, requests: 25, factor: SLOW },
        ),
      );
  });
});
