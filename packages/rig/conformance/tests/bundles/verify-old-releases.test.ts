import { assertNoViolations } from "@patchpilot/simulators/github";
import { afterEach, describe, expect, test } from "vitest";
import { openReleasedApp, type Part, type ReleasedApp } from "./support/open-released-app.ts";

/** The fix is live, but not everywhere: what still runs without it, and does that end? */

let shop: ReleasedApp;
afterEach(async () => {
  await shop.close();
  assertNoViolations(shop.app.test.simulator);
  expect(shop.app.sentry.violations).toEqual([]);
});

/** The fix is deployed. */
async function openDeployed(
  before?: (old: string) => readonly Part[],
  platform?: string,
): Promise<ReleasedApp> {
  shop = await openReleasedApp(before, platform);
  shop.app.deploy(shop.fix);
  return shop;
}

/** One hour after the other, `left` of the old release and the rest of the new. */
function fade(hours: number, left: (hour: number) => number, names: { old: string; fixed: string }): void {
  for (let hour = 0; hour < hours; hour += 1) {
    const share = left(hour);
    const old = { release: names.old, sessions: 240 * share, crashEvery: 10 / share };
    shop.pass(1, old, { release: names.fixed, sessions: 240 * (1 - share) });
  }
}

const CRASH_IN = 40;
/** Sessions of both releases, hour by hour; the old one crashes in every fortieth. */
function sleep(
  hours: number,
  sessions: (hour: number) => readonly [old: number, fixed: number],
  names: { old: string; fixed: string },
): void {
  for (let hour = 0; hour < hours; hour += 1) {
    const [old, fixed] = sessions(hour);
    const crash = old < CRASH_IN ? {} : { crashEvery: (60 * CRASH_IN) / old };
    shop.pass(1, { release: names.old, sessions: old, ...crash }, { release: names.fixed, sessions: fixed });
  }
}
/** Six hours of the evening, and then the night. */
const evening = (hour: number, busy: number, calm: number) => (hour < 6 ? busy : calm);
const versions = { old: "shop@4.2.0", fixed: "shop@4.3.0" };
const openVersions = (platform?: string) =>
  openDeployed(() => [{ release: versions.old, sessions: 240, crashEvery: 10 }], platform);

describe("an incident stays open", () => {
  test.each([
    ["the whole", 10],
    ["half", 20],
    ["a third", 30],
  ])("while a worker that has no sessions raises %s of what was, without the fix", async (_, crashEvery) => {
    const { old, fix, look } = await openDeployed();
    const said = await look(12, { release: fix, sessions: 240 }, { release: old, crashEvery });
    expect(said).toMatch(/^wait: improved/);
    expect(said).toContain(`${old.slice(0, 7)}, which lacks the fix, still raises it`);
    expect(said).toContain("0 % of the traffic is theirs.");
    expect(said).toContain("Restart or deploy the worker, job or host that still runs");
  });

  test("while a worker names a version that was there before the fix", async () => {
    const { look } = await openDeployed(() => [{ release: "shop@4.2.0", sessions: 240, crashEvery: 10 }]);
    const said = await look(
      12,
      { release: "shop@4.3.0", sessions: 240 },
      { release: "shop@4.2.0", crashEvery: 12 },
    );
    expect(said).toMatch(/^wait: .*shop@4\.2\.0, which .* the fix, still raises it/);
  });

  test.each([0.9, 0.5, 0.3])("while a roll-out stops with %f of the servers left", async (left) => {
    const { old, fix } = await openDeployed();
    fade(14, () => left, { old, fixed: fix });
    expect(await shop.decide()).toContain(`${Math.round(100 * left)} % of the traffic is theirs`);
    expect((await shop.verify()).closed).toEqual([]);
  });

  test.each([
    ["less is there", 60, 120],
    ["hardly anybody is there", 8, 120],
    ["the other one wakes up", 15, 220],
  ])("while a region that keeps the old release sleeps: %s", async (_, calm, awake) => {
    const { old, fix } = await openDeployed();
    sleep(13, (hour) => [evening(hour, 200, calm), evening(hour, 120, awake)], { old, fixed: fix });
    expect(await shop.decide()).toMatch(/^wait: .*still raises it|^wait: .*raised it/);
    expect((await shop.verify()).closed).toEqual([]);
  });

  test.each(["node", "python-django", "go"])(
    "while servers of %s stop at 40 %% of the old version",
    async (platform) => {
      await openVersions(platform);
      fade(14, () => 0.4, versions);
      expect(await shop.decide()).toMatch(
        /^wait: .*shop@4\.2\.0, which .* the fix, still raises it.*40 % of the traffic is theirs/,
      );
    },
  );

  test("when a canary is taken back, though the deployment is still called live", async () => {
    const { old, fix, look } = await openDeployed();
    shop.pass(5, { release: fix, sessions: 120 }, { release: old, sessions: 120, crashEvery: 20 });
    expect(await look(6, { release: old, sessions: 240, crashEvery: 10 })).toMatch(
      /^wait: not-deployed: The fix was live, but all traffic/,
    );
  });

  test("past its cap, and then a maintainer learns which release it is", async () => {
    const { old, fix, look } = await openDeployed();
    const said = await look(49, { release: fix, sessions: 240 }, { release: old, crashEvery: 10 });
    expect(said).toMatch(/^escalate: inconclusive: .*still raises it/);
  });
});

describe("a good fix is not held up", () => {
  test("by a night in which all regions have it", async () => {
    const { old, fix } = await openDeployed();
    sleep(1, () => [200, 40], { old, fixed: fix });
    sleep(8, (hour) => [0, evening(hour, 240, 60)], { old, fixed: fix });
    expect(await shop.decide()).toMatch(/^close: recovered/);
  });

  test("by clients that leave through a night, once a day has shown it", async () => {
    const { old, fix } = await openDeployed();
    const left = (hour: number) => (hour % 24 < 12 ? 240 : 60) * 0.5 ** (hour / 5);
    sleep(28, (hour) => [left(hour), (hour % 24 < 12 ? 240 : 60) - left(hour)], { old, fixed: fix });
    expect(await shop.decide()).toMatch(/^close: recovered/);
  });

  test("by phones of which most have the new version", async () => {
    await openVersions("apple-ios");
    fade(10, () => 0.4, versions);
    expect(await shop.decide()).toMatch(/^close: recovered/);
  });

  test("by old clients that leave within hours", async () => {
    const { old, fix } = await openDeployed();
    fade(13, (hour) => 0.4 * 0.5 ** (hour / 5), { old, fixed: fix });
    expect(await shop.decide()).toMatch(/^close: recovered: .*Releases without the fix .* raised/);
  });

  test("by old clients that leave within days, once it is seen that they do", async () => {
    const { old, fix } = await openDeployed();
    fade(34, (hour) => 0.8 * 0.5 ** (hour / 24), { old, fixed: fix });
    expect(await shop.decide()).toMatch(/^close: recovered/);
  });

  test("by one crash of a forgotten tab", async () => {
    const { old, fix, look } = await openDeployed();
    shop.pass(6, { release: fix, sessions: 240 });
    expect(await look(0.5, { release: fix, sessions: 240 }, { release: old, crashEvery: 40 })).toMatch(
      /^close: recovered/,
    );
  });

  test("by phones that stay, where old-clients says so", async () => {
    const { look } = await openDeployed(() => [{ release: "shop@4.2.0", sessions: 240, crashEvery: 10 }]);
    const said = await look(
      14,
      { release: "shop@4.3.0", sessions: 96 },
      { release: "shop@4.2.0", sessions: 144, crashEvery: 16 },
    );
    expect(said).toMatch(/^wait: improved: No error comes from releases with fix #2/);
    expect(await shop.decide({ "old-clients": "close" })).toMatch(/^close: recovered/);
  });
});

describe("no attempt is ordered", () => {
  test("while all errors name the old release and no traffic is counted by release", async () => {
    const { old, look } = await openDeployed((release) => [{ release, crashEvery: 10 }]);
    expect(await look(20, { release: old, crashEvery: 10 })).toMatch(/^wait: not-deployed/);
  });

  test("but if the release with the fix crashes", async () => {
    const { fix, look } = await openDeployed();
    expect(await look(6, { release: fix, sessions: 240, crashEvery: 10 })).toMatch(/^retry: failing/);
  });
});
