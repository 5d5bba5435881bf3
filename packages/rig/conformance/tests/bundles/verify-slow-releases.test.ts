import { assertNoViolations } from "@patchpilot/simulators/github";
import { afterEach, describe, expect, test } from "vitest";
import { CART, openSlowReleases, type SlowReleases } from "./support/open-slow-releases.ts";

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

const fast = (release: string | undefined, requests = 50) => ({ ...name(release), requests, factor: 1 });
const slow = (release: string | undefined, requests = 50) => ({ ...name(release), requests, factor: 3 });
const name = (release: string | undefined) => (release === undefined ? {} : { release });
const HOME = { transaction: "GET /", requests: 100, factor: 1 };

describe("releases without the fix", () => {
  test("hold it up while half of the requests are theirs, and are named", async () => {
    const { old, fix, look } = await open();
    expect(await look(12, fast(fix, 25), slow(old, 25))).toMatch(
      /^wait: .* of releases with the fix .*still serves it slowly \(.* 50 % of the traffic is theirs\)/,
    );
  });

  test("hold nothing up if they are clients that cannot be updated", async () => {
    const { old, fix, serve, decide } = await open();
    serve(12, fast(fix, 25), slow(old, 25));
    expect(await decide({ "old-clients": "close" })).toMatch(/^close: recovered/);
  });

  test("hold nothing up while they fade", async () => {
    const { old, fix, serve, decide } = await open();
    for (const left of [30, 20, 12, 8, 5, 4]) serve(2, fast(fix, 50 - left), slow(old, left));
    expect(await decide()).toMatch(
      /^close: recovered: .* of releases with the fix .*Releases without the fix \(.*\) served \d+ requests slowly/,
    );
  });

  test("hold nothing up if they are fast", async () => {
    const { old, fix, look } = await open();
    expect(await look(12, fast(fix, 25), fast(old, 25))).toMatch(/^close: recovered/);
  });

  test("order no attempt if nobody has anything else", async () => {
    const { old, serve, decide } = await open();
    serve(12, slow(old));
    expect(await decide()).toMatch(/^wait: not-deployed: Nobody seems to have the fix/);
  });

  test("close nothing if nobody has anything else and they are fast", async () => {
    const { old, look } = await open();
    expect(await look(12, fast(old))).toMatch(/^wait: not-deployed: Nobody seems to have the fix/);
  });
});

describe("releases with the fix", () => {
  test("disprove it if they are slow", async () => {
    const { fix, look } = await open();
    expect(await look(12, slow(fix))).toMatch(/^retry: failing/);
  });
  test("disprove it beside old ones that are slow too", async () => {
    const { old, fix, look } = await open();
    expect(await look(12, slow(fix, 25), slow(old, 25))).toMatch(
      /^retry: failing: .* of releases with the fix/,
    );
  });
  test("are versions that came with the deploy", async () => {
    const { look } = await open(() => "shop@4.2.0");
    expect(await look(12, fast("shop@4.3.0", 40), slow("shop@4.2.0", 10))).toMatch(
      /^(wait|close): .* of releases with the fix/,
    );
  });
});

describe("releases that tell nothing", () => {
  test.each<[string, string | undefined]>([
    ["no request names one", undefined],
    ["all name the same one, whatever is deployed", "shop"],
  ])("leave it as it was where %s", async (_, release) => {
    const { look, serve, decide } = await open(() => release);
    expect(await look(12, fast(release))).toMatch(
      /^close: recovered: It is fast again: p95 is \d+ ms over \d+ requests in/,
    );
  });
  test.each<[string, string | undefined]>([
    ["no request names one", undefined],
    ["all name the same one, whatever is deployed", "shop"],
  ])("leave it as it was where it is slow and %s", async (_, release) => {
    const { look } = await open(() => release);
    expect(await look(12, slow(release))).toMatch(/^retry: failing/);
  });
});

describe("no requests", () => {
  test("of the whole project say that tracing stopped", async () => {
    const { look } = await open(undefined, { beside: [HOME] });
    expect(await look(12)).toMatch(/^wait: waiting: .*tracesSampleRate/);
  });
  test("beside a new operation say what the new name may be", async () => {
    const { fix, look } = await open(undefined, { beside: [HOME] });
    expect(await look(12, { ...fast(fix), transaction: "GET /v2/cart" }, HOME)).toMatch(
      /^wait: waiting: .*GET \/v2\/cart/,
    );
  });
  test("while others have some say that nobody uses it", async () => {
    const { look } = await open(undefined, { beside: [HOME] });
    expect(await look(12, HOME)).toMatch(/^wait: waiting: .*nobody uses it/);
  });
  test.each([0.3, 0.01])("sample rate %d", async (sampleRate) => {
    const { fix, look } = await open(undefined, { beside: [HOME] });
    console.log(await look(12, { ...fast(fix, 50 * sampleRate), sampleRate }, { ...HOME, sampleRate }));
  });
});

describe("after its close", () => {
  async function close() {
    await open();
    expect(await shop.look(12, fast(shop.fix))).toMatch(/^close/);
    return shop;
  }
  test("old releases that are slow again reopen nothing", async () => {
    const { old, fix, look } = await close();
    console.log(await look(25, fast(fix, 30), slow(old, 20)));
  });
  test("releases with the fix that are slow again reopen it", async () => {
    const { fix, look } = await close();
    expect(await look(25, slow(fix))).toMatch(/^reopen: failing/);
  });
  test("traffic that went back", async () => {
    const { old, look } = await close();
    expect(await look(25, slow(old))).toMatch(/^reopen: not-deployed: Production no longer/);
  });
  test("tracing stopped", async () => {
    const { look } = await close();
    console.log(await look(25));
  });
  test("still fast", async () => {
    const { look, fix } = await close();
    console.log(await look(25, fast(fix)));
  });
});
