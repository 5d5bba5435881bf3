import { describe, expect, it } from "vitest";
import { dyingAfter, pausedAfter } from "../../worlds/faulty-wires.ts";
import { dispatch, openWire } from "../../worlds/run-actions.ts";
import { readComments as commentsIn } from "../../worlds/scenario.ts";
import { openSlowShop, type SlowShop } from "../../worlds/slow-shop.ts";
import { addIncident, SHOP } from "../../worlds/world.ts";
import { watchSimulators } from "./watch-simulators.ts";

const watch = watchSimulators();
const open = (...options: Parameters<typeof openSlowShop>): SlowShop => {
  const shop = openSlowShop(...options);
  watch(shop.test.simulator, shop.sentry);
  return shop;
};
const issuesOf = ({ test }: SlowShop) => test.world.repository(SHOP).issues.list();
const commentsOf = ({ test }: SlowShop, issue: number): string => commentsIn(test, issue);

describe("a scan of a shop that became slow with a release", () => {
  it("opens one incident that names numbers, release, commit and file", async () => {
    const shop = open();
    const { outputs } = await shop.scan();
    expect(outputs).toMatchObject({
      opened: [1],
      issues: [1],
      bottlenecks: [{ transaction: "GET /checkout/0", verdict: "regressed", issue: 1 }],
    });
    const text = commentsOf(shop, 1);
    for (const clue of [
      "shop@2",
      "shop@1",
      "src/checkout.ts",
      "Ask for coupons one by one",
      shop.guilty.slice(0, 12),
      "Judged by the hours since",
    ])
      expect(text).toContain(clue);
  });

  it("asks Sentry at most 6 times for 10 operations, and GitHub at most 20 times to open them", async () => {
    const shop = open({ operations: 10 });
    addIncident(shop.test, { acceptedAt: "2026-01-01T00:00:00Z" });
    const [sentry, github] = [shop.sentry.requests.length, shop.test.simulator.requests.length];
    const { outputs } = await shop.scan();
    expect(outputs.opened).toHaveLength(10);
    expect(shop.sentry.requests.length - sentry).toBeLessThanOrEqual(6);
    expect(shop.test.simulator.requests.length - github).toBeLessThanOrEqual(20);
  });

  it("opens at most three in the first run, and the others in the next", async () => {
    const shop = open({ operations: 5 });
    const first = await shop.scan();
    expect(first.outputs.opened).toHaveLength(3);
    expect(first.lines).toContainEqual({
      level: "notice",
      text: "2 more wait for a later run: the first run opens at most 3.",
    });
    shop.test.clock.advance(30 * 60_000);
    expect((await shop.scan({ runId: 2 })).outputs.opened).toHaveLength(2);
  });

  it("asks GitHub at most 3 times where nothing changed", async () => {
    const shop = open({ operations: 3 });
    await shop.scan();
    const before = shop.test.simulator.requests.length;
    await shop.scan({ runId: 2 });
    expect(shop.test.simulator.requests.length - before).toBeLessThanOrEqual(3);
  });

  it("opens nothing where nothing became slow", async () => {
    const shop = open({ factor: 1 });
    const { outputs } = await shop.scan();
    expect(outputs).toMatchObject({ opened: [], count: 0, bottlenecks: [] });
    expect(issuesOf(shop)).toEqual([]);
  });

  it("hands a worker the numbers and how to reproduce them", async () => {
    const shop = open();
    shop.test.world.as("maya").push({
      branch: "main",
      message: "Repair",
      files: {
        ".github/workflows/patchpilot-repair.yml": "on: {repository_dispatch: {types: [patchpilot-repair]}}",
      },
    });
    await shop.scan();
    const events: unknown[] = [];
    shop.test.world.onEvent(({ event, payload }) => event === "repository_dispatch" && events.push(payload));
    await dispatch(shop.test, { runId: 2 });
    expect(events).toMatchObject([
      {
        client_payload: {
          patchpilot: {
            incident: { kind: "performance" },
            suspectFiles: ["src/checkout.ts"],
            performance: {
              verdict: "regressed",
              query: expect.stringContaining("GET /checkout/0"),
              release: "shop@2",
            },
          },
        },
      },
    ]);
  });
});

describe("scans that meet", () => {
  it("open one issue although two of them race at every request", async () => {
    for (let lead = 0; lead < 14; lead += 1) {
      const shop = open();
      const slow = pausedAfter(openWire(shop.test), lead);
      const one = shop.scan({ runId: 1, fetch: slow.fetch });
      await Promise.race([slow.paused, one]);
      await shop.scan({ runId: 2 });
      slow.resume();
      await one;
      await shop.scan({ runId: 3 });
      expect([lead, issuesOf(shop).length]).toEqual([lead, 1]);
      expect(commentsOf(shop, 1).match(/kind=incident/g)).toHaveLength(1);
    }
  });

  it("finish what one that died left behind, wherever it died", async () => {
    for (let last = 1; last < 20; last += 1) {
      const shop = open();
      await shop.scan({ fetch: dyingAfter(openWire(shop.test), last) }).catch(() => undefined);
      shop.test.clock.advance(20 * 60_000);
      await shop.scan({ runId: 2 });
      await shop.scan({ runId: 3 });
      expect([last, issuesOf(shop).length]).toEqual([last, 1]);
      expect(commentsOf(shop, 1).match(/kind=incident/g)).toHaveLength(1);
    }
  });
});

describe("a scan that cannot look", () => {
  it("says in one sentence that Sentry's token is missing", async () => {
    const shop = open();
    await expect(shop.scan({ inputs: { "sentry-token": "" } })).rejects.toThrow(
      "Input `sentry-token` is missing, and a performance scan reads only Sentry; pass an internal integration's",
    );
  });

  it("says in one sentence that Sentry's organization is missing", async () => {
    const shop = open();
    await expect(shop.scan({ inputs: { "sentry-org": "" } })).rejects.toThrow(
      /^`sentry-org` is not set, and a performance scan reads only Sentry: pass the organization's slug/,
    );
  });

  it("fails where the token sees no such project, and does not call it fast", async () => {
    const shop = open();
    await expect(shop.scan({ inputs: { "sentry-projects": "other" } })).rejects.toThrow(/project/);
  });

  it("fails where the environment has no spans", async () => {
    const shop = open();
    await expect(shop.scan({ inputs: { environment: "prod" } })).rejects.toThrow(
      /no spans .* environment prod/,
    );
  });

  it("opens nothing on a partial scan", async () => {
    const shop = open();
    shop.sentry.setPartialScans(true);
    expect((await shop.scan()).outputs).toMatchObject({
      opened: [],
      bottlenecks: [{ verdict: "insufficient" }],
    });
  });
});

describe("Sentry's own regression", () => {
  type Regression = { readonly transaction: string; readonly before: number; readonly after: number };
  const detect = ({ sentry, test }: SlowShop, regression: Regression) =>
    sentry.addEndpointRegression({ ...regression, breakpoint: test.clock.now() - 8 * 3_600_000 });

  it("is the same incident as ours", async () => {
    const shop = open();
    detect(shop, { transaction: "GET /checkout/0", before: 145, after: 580 });
    expect((await shop.scan()).outputs.opened).toEqual([1]);
    expect(commentsOf(shop, 1)).toContain("SHOP-1");
  });

  it("is opened where too few spans were stored to judge", async () => {
    const shop = open({ factor: 1 });
    detect(shop, { transaction: "GET /rare", before: 909.77, after: 1711.36 });
    await shop.scan();
    expect(commentsOf(shop, 1)).toContain("Sentry's own detector reports p95 1711 ms, and 910 ms before.");
    expect(commentsOf(shop, 1)).toContain("shop@2");
  });
});
