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

const name = (release: string | undefined) => (release === undefined ? {} : { release });
const fast = (release: string | undefined, requests = 50) => ({ ...name(release), requests, factor: 1 });
const slow = (release: string | undefined, requests = 50) => ({ ...name(release), requests, factor: 3 });
const HOME = { transaction: "GET /", requests: 100, factor: 1 };

describe("releases without the fix", () => {
  test.each(["SHA", "shop@SHA", "SHA-dirty"])(
    "hold it up while half of the requests name them, by %s",
    async (pattern) => {
      const called = (sha: string) => pattern.replace("SHA", sha);
      const { old, fix, look } = await open(called);
      expect(await look(12, fast(called(fix), 25), slow(called(old), 25))).toMatch(
        /^wait: .* of releases with the fix .*still serves it slowly.* 50 % of the traffic is theirs/,
      );
    },
  );

  test("hold nothing up while they fade", async () => {
    const { old, fix, serve, decide } = await open();
    for (const left of [30, 20, 12, 8, 5, 4]) serve(2, fast(fix, 50 - left), slow(old, left));
    expect(await decide()).toMatch(
      /^close: recovered: .*Releases without the fix \(.*\) served \d+ requests slowly/,
    );
  });

  test("hold nothing up if they are clients that cannot be updated", async () => {
    const { old, fix, serve, decide } = await open();
    serve(12, fast(fix, 25), slow(old, 25));
    expect(await decide({ "old-clients": "close" })).toMatch(/^close: recovered/);
  });

  test("order no attempt if nobody uses any other", async () => {
    const { old, look } = await open();
    expect(await look(12, slow(old))).toMatch(/^wait: not-deployed: Nobody seems to have the fix/);
  });

  test("order no attempt if nobody uses any other version", async () => {
    const { look } = await open(() => "shop@4.2.0");
    expect(await look(12, slow("shop@4.2.0"))).toMatch(/^wait: not-deployed: .*shop@4\.2\.0/);
  });

  test("show no recovery if they are fast", async () => {
    const { old, look } = await open();
    expect(await look(12, fast(old))).toMatch(/^wait: not-deployed/);
  });
});

describe("releases with the fix", () => {
  test("disprove it if they are slow, also beside old ones", async () => {
    const { old, fix, look } = await open();
    expect(await look(12, slow(fix, 25), slow(old, 25))).toMatch(
      /^retry: failing: .* of releases with the fix/,
    );
  });

  test("are known by a version that came with the deploy", async () => {
    const { look } = await open(() => "shop@4.2.0");
    expect(await look(12, fast("shop@4.3.0", 49), slow("shop@4.2.0", 1))).toMatch(/^close: recovered/);
  });

  test("are none that came with the merge of something else", async () => {
    const { app, fix, serve, look } = await open(() => "shop@4.2.0", { isDeployed: false });
    serve(1, slow("shop@4.2.0"));
    serve(3, slow("shop@4.2.1"));
    app.deploy(fix);
    expect(await look(12, fast("shop@4.3.0", 25), slow("shop@4.2.1", 25))).toMatch(
      /^wait: .*shop@4\.2\.1, which .* the fix, still serves it slowly/,
    );
  });

  test("are known by Sentry's commit of a version", async () => {
    const { app, fix, look } = await open(() => "blue");
    app.sentry.recordRelease({ version: "green", commits: [{ sha: fix }] });
    expect(await look(12, slow("green", 40), slow("blue", 10))).toMatch(/^retry: failing: .*with the fix/);
  });
});

describe("what releases do not tell", () => {
  test.each<[string, string | undefined]>([
    ["no request names one", undefined],
    ["all name the same one, whatever is deployed", "shop"],
  ])("changes nothing where %s", async (_, release) => {
    const { look } = await open(() => release);
    expect(await look(12, fast(release))).toMatch(/^close: recovered: .* requests in 12 h since/);
  });

  test("changes nothing where a version stays the same, whatever is deployed", async () => {
    const { app, fix, old, look } = await open(() => "shop@4.2.0");
    for (const sha of [old, fix]) app.deploy(sha);
    expect(await look(12, slow("shop@4.2.0"))).toMatch(/^retry: failing/);
  });

  test("changes nothing where nothing is decided yet, and is not asked", async () => {
    const { app, fix, old, serve, decide } = await open();
    serve(2, fast(fix, 25), fast(old, 25));
    app.sentry.requests.length = 0;
    expect(await decide()).toMatch(/^wait: waiting/);
    expect(app.sentry.requests).toHaveLength(2);
  });
});

describe("an operation without requests", () => {
  test("of a project that is not traced any more is one whose tracing stopped", async () => {
    const { look } = await open(undefined, { beside: [HOME] });
    expect(await look(12)).toMatch(/^wait: waiting: .*nor of other operations.*Check tracesSampleRate/);
  });

  test("may be the new one that is used as often", async () => {
    const { fix, look } = await open(undefined, { beside: [HOME] });
    expect(await look(12, { ...fast(fix), transaction: "GET /v2/cart" }, HOME)).toMatch(
      /^wait: waiting: .*GET \/v2\/cart/,
    );
  });

  test("is not used where others are, and no new one", async () => {
    const { look } = await open(undefined, { beside: [HOME] });
    expect(await look(12, HOME)).toMatch(
      /^wait: waiting: .*nobody uses it, or its name changed\. You decide/,
    );
  });

  test.each([0.3, 0.01])(
    "is held up while %f of its requests are stored, not all as before",
    async (sampleRate) => {
      const { fix, look } = await open();
      expect(await look(24, { ...fast(fix, 50 * sampleRate), sampleRate })).toMatch(
        /^wait: .*Set tracesSampleRate, or Sentry's dynamic sampling, as it was/,
      );
    },
  );
});

describe("after its close", () => {
  async function close(): Promise<SlowReleases> {
    await open(undefined, { beside: [HOME] });
    expect(await shop.look(12, fast(shop.fix), HOME)).toMatch(/^close: recovered/);
    return shop;
  }

  test("releases with the fix that are slow again reopen it", async () => {
    const { fix, look } = await close();
    expect(await look(25, slow(fix))).toMatch(/^reopen: failing/);
  });

  test("old releases that are slow reopen nothing, and are named", async () => {
    const { old, fix, look } = await close();
    expect(await look(25, fast(fix, 30), slow(old, 20))).toMatch(/^doubt: unknown: .*still serves it slowly/);
  });

  test("old releases that have nearly all requests again mean that the fix is lost", async () => {
    const { old, look } = await close();
    expect(await look(25, slow(old))).toMatch(/^reopen: not-deployed: Production no longer runs the fix/);
  });

  test("tracing that stopped is named, and confirms nothing", async () => {
    const { look } = await close();
    expect(await look(25)).toMatch(/^doubt: unknown: .*nor of other operations/);
  });

  test("it is still fast with the last old clients", async () => {
    const { old, fix, look } = await close();
    expect(await look(25, fast(fix, 49), slow(old, 1), HOME)).toMatch(/^confirm: recovered: Still fast/);
  });
});
