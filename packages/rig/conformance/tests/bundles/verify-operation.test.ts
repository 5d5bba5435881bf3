import { assertNoViolations } from "@patchpilot/simulators/github";
import { afterEach, describe, expect, test } from "vitest";
import { type Crash, openQuietApp, type QuietApp } from "./support/open-quiet-app.ts";

/** The errors stopped: is the operation fixed in which they occurred, or is it not used? */

const PAY = { transaction: "POST /pay" };
const HOME = { transaction: "GET /", every: 5, count: 45 };

let quiet: QuietApp;
afterEach(async () => {
  await quiet.close();
  assertNoViolations(quiet.app.test.simulator);
  expect(quiet.app.sentry.violations).toEqual([]);
});

/** All but the failing operation is used as before. */
function open(...own: readonly Crash[]): QuietApp {
  quiet = openQuietApp(...own);
  quiet.before.request(HOME);
  quiet.since.request(HOME);
  return quiet;
}

describe("an incident stays open", () => {
  test("while the route in which it occurred is not requested", async () => {
    const { before, look } = open(PAY);
    before.request({ ...PAY, every: 5, count: 5 });
    expect(await look()).toMatchObject({
      decision: "wait",
      reason: expect.stringContaining("No request of POST /pay since fix #2 went live"),
    });
  });

  test("while only monitors ask for the page on which it occurred", async () => {
    const { before, since, look } = open({ transaction: "GET /prices" });
    const page = { transaction: "GET /prices", every: 5, count: 5 };
    before.request(page);
    before.request({ ...page, count: 1, monitor: "Mozilla/5.0 (compatible; UptimeRobot/2.0)" });
    since.request({ ...page, count: 1, monitor: "Mozilla/5.0 (compatible; UptimeRobot/2.0)" });
    since.request({ ...page, count: 1, monitor: "kube-probe/1.31" });
    expect((await look())?.reason).toContain("No request of GET /prices since fix #2 went live");
  });

  test("while the job in which it occurred does not run", async () => {
    const { before, look } = open({ transaction: "price.update" });
    before.request({ transaction: "price.update", every: 10 });
    expect((await look())?.reason).toContain("No request of price.update since");
  });

  test("while none of the routes is requested in which it occurred", async () => {
    const { before, look } = open(PAY, { transaction: "PUT /cart" });
    before.request({ ...PAY, every: 5, count: 5 });
    before.request({ transaction: "PUT /cart", every: 5, count: 5 });
    expect((await look())?.reason).toMatch(/^No request of .* and 1 other operation since/);
  });

  test("while its route has too few requests to tell", async () => {
    const { before, since, look } = open(PAY);
    before.request({ ...PAY, every: 5, count: 5 });
    since.request({ ...PAY, every: 120 });
    expect(await look()).toMatchObject({
      decision: "wait",
      reason: expect.stringContaining("4 requests of POST /pay after fix #2 went live"),
    });
  });
});

describe("an incident closes", () => {
  test("where its route is requested as before, and says how often", async () => {
    const { before, since, look } = open(PAY);
    before.request({ ...PAY, every: 5, count: 5 });
    since.request({ ...PAY, every: 5, count: 5 });
    expect(await look()).toMatchObject({
      decision: "close",
      reason: expect.stringMatching(/\d+ requests of POST \/pay since fix #2 went live/),
    });
  });

  test.each<[string, Crash]>([
    ["its events name no route", {}],
    ["its events name a route that no request names", { transaction: "pay" }],
    ["it occurred in a health check", { transaction: "GET /api/health" }],
  ])("by the requests of the project where %s", async (_, own) => {
    const { before, look } = open(own);
    before.request({ transaction: "GET /api/health", every: 5, count: 5 });
    const decision = await look();
    expect(decision?.decision).toBe("close");
    expect(decision?.reason).not.toContain("requests of");
  });

  test("by the requests of the project where each of its events names another address", async () => {
    const own = Array.from({ length: 12 }, (_, id) => ({ transaction: `GET /pay/${id}` }));
    const { before, look } = open(...own);
    for (const { transaction } of own) before.request({ transaction, every: 30 });
    expect((await look())?.decision).toBe("close");
  });

  test("by the requests of the project where too few of its route are sampled", async () => {
    const { before, look } = open(PAY);
    before.request({ ...PAY, every: 240, sampleRate: 0.001 });
    expect((await look())?.decision).toBe("close");
  });
});
