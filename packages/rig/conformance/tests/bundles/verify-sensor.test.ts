import type { SentrySimulator } from "@patchpilot/simulators";
import { assertNoViolations } from "@patchpilot/simulators/github";
import { DAY, HOUR, MINUTE } from "@patchpilot/time";
import { afterEach, describe, expect, test } from "vitest";
import { acceptCrash, findHead, type LiveApp, mergeFixes, openLiveApp } from "../../worlds/live-app.ts";
import { live } from "../../worlds/providers.ts";
import { readComments } from "../../worlds/scenario.ts";
import { openVerifyBundle, readDecided, type VerifyBundle } from "./support/open-verify-bundle.ts";

/** No error arrives any more: is it fixed, or is the sensor dead? */

let app: LiveApp;
let bundle: VerifyBundle | undefined;
afterEach(async () => {
  await bundle?.close();
  bundle = undefined;
  assertNoViolations(app.test.simulator);
  expect(app.sentry.violations).toEqual([]);
});

/** How many of each there are an hour, evenly. */
type Rates = { readonly own: number; readonly others: number };

type Production = {
  readonly sentry: SentrySimulator;
  readonly issue: number;
  readonly deployed: number;
  /** Lets hours go by with so many errors, and looks. */
  readonly look: (hours: number, rates: Rates) => Promise<string>;
};

const DAYS = 7;
/** What the SDK sends before the deploy. */
const USUAL: Rates = { own: 6, others: 12 };

/** An incident whose fix is live since now; `before` is done to Sentry before the errors of a week. */
async function openProduction(
  usual: Rates = USUAL,
  before: (sentry: SentrySimulator, now: number) => void = () => undefined,
): Promise<Production> {
  app = openLiveApp({ days: 0, teller: "github" });
  const { sentry, test: world } = app;
  const now = world.clock.now();
  before(sentry, now);
  const release = findHead(app);
  happen(usual, { from: now - DAYS * DAY, until: now, release });
  const issue = acceptCrash(app, "SHOP-1");
  app.pass(1);
  const fix = mergeFixes(app, [issue]);
  app.deploy(fix);
  const opened = await openVerifyBundle(app);
  bundle = opened;
  const look: Production["look"] = async (hours, rates) => {
    const from = world.clock.now();
    const until = from + hours * HOUR;
    happen(rates, { from, until, release: fix });
    world.clock.set(until);
    const { decision } = await opened.verify();
    return decision === undefined
      ? "nothing"
      : `${decision.decision}: ${decision.reason} ${readDecided(app.test, decision.issue)}`;
  };
  return { sentry, issue, deployed: world.clock.now(), look };
}

type Stretch = { readonly from: number; readonly until: number; readonly release: string };

function happen({ own, others }: Rates, { from, until, release }: Stretch): void {
  live(app.sentry, { from, until, release, sessions: 120 });
  record("checkout", own, { from, until, release });
  record("search", others, { from, until, release });
}

/** Errors of one place, so many an hour. */
function record(place: string, perHour: number, { from, until, release }: Stretch): void {
  if (perHour > 0) live(app.sentry, { from, until, release, sessions: 0, crashEvery: 60 / perHour, place });
}

const spendQuota = (sentry: SentrySimulator, from: number, until?: number) =>
  sentry.addLeak({
    outcome: "rate_limited",
    reason: "error_usage_exceeded",
    from,
    ...(until === undefined ? {} : { until }),
  });

describe("a fix that did not help is not called recovered while", () => {
  test("the quota is spent, and the record says how much Sentry dropped and what helps", async () => {
    const { sentry, deployed, look } = await openProduction();
    spendQuota(sentry, deployed);
    expect(await look(8, USUAL)).toMatch(
      /^wait: .*Sentry dropped 100 % of this project's errors since the deploy, 0 % before\./,
    );
  });

  test("nothing but the incident's own error would show that the quota is spent", async () => {
    const { sentry, deployed, look } = await openProduction({ own: 6, others: 0 });
    spendQuota(sentry, deployed);
    expect(await look(8, { own: 6, others: 0 })).toContain("Sentry dropped 100 %");
  });

  test("a filter that was set with the deploy drops it", async () => {
    const { sentry, deployed, look } = await openProduction();
    sentry.addLeak({ outcome: "filtered", reason: "error-message", from: deployed, share: 0.9 });
    expect(await look(8, USUAL)).toMatch(/^wait: .*discarded 90 %.*Inbound Filters/);
  });

  test("a filter takes it alone, though it is little of what is sent", async () => {
    const usual: Rates = { own: 6, others: 120 };
    const { sentry, deployed, look } = await openProduction(usual);
    sentry.addLeak({
      outcome: "filtered",
      reason: "error-message",
      from: deployed,
      concerns: ({ exception }) => exception?.values?.[0]?.stacktrace?.frames?.[0]?.function === "checkout",
    });
    expect(await look(8, usual)).toMatch(/^wait: .*Inbound Filters/);
  });

  test("the SDK samples errors to a tenth since the deploy", async () => {
    const { sentry, deployed, look } = await openProduction();
    sentry.addLeak({ outcome: "client_discard", reason: "sample_rate", from: deployed, share: 0.9 });
    expect(await look(8, USUAL)).toMatch(/^wait: .*sampleRate/);
  });

  test("Sentry is an hour late, though it lost nothing", async () => {
    const { sentry, deployed, look } = await openProduction({ own: 40, others: 60 });
    sentry.addDelay({ from: deployed, ms: 90 * MINUTE });
    await look(1, { own: 40, others: 60 });
    expect(await look(0.4, { own: 40, others: 60 })).toMatch(/^wait: .*Stats page/);
  });

  test("the newest error is later than it used to be, hours after the deploy", async () => {
    const { sentry, deployed, look } = await openProduction({ own: 6, others: 60 });
    sentry.addDelay({ from: deployed + 6 * HOUR, ms: 3 * HOUR });
    expect(await look(8, { own: 0, others: 60 })).toMatch(
      /^wait: .*no error of this project has arrived for 1\.9 h/,
    );
  });

  test("the other errors have stopped, and its Sentry is too old for statistics", async () => {
    const { sentry, look } = await openProduction();
    refuseStats(sentry, 404);
    expect(await look(8, { own: 0, others: 0 })).toMatch(
      /^wait: .*the project's other errors have stopped as well/,
    );
  });

  test("Sentry is down when it is asked about its sensor", async () => {
    const { sentry, look } = await openProduction();
    refuseStats(sentry, 503);
    expect(await look(8, { own: 0, others: 12 })).toMatch(/^wait: .*could not be read whether Sentry/);
  });
});

/** The statistics alone are answered with this status. */
function refuseStats(sentry: SentrySimulator, status: number): void {
  sentry.faults = ({ path }) =>
    path.includes("/stats_v2/") ? { kind: "reply", status, body: "{}" } : undefined;
}

test.each([
  ["closes", "while the few others continue", 12, /^close: /],
  ["waits", "while no other error arrives", 0, /^wait: .*other errors have stopped as well/],
])("a fix that ended the project's loudest error as well %s %s", async (_, __, hours, said) => {
  const { deployed, look } = await openProduction();
  record("export", 0.5, { from: deployed - DAYS * DAY, until: deployed + hours * HOUR, release: "shop@1" });
  expect(await look(12, { own: 0, others: 0 })).toMatch(said);
});

describe("a fix that helped closes", () => {
  test("when other errors arrive as before", async () => {
    const { look } = await openProduction();
    expect(await look(8, { own: 0, others: 12 })).toMatch(/^close: /);
  });

  test("in a quiet project with three other errors a week", async () => {
    const { look } = await openProduction({ own: 6, others: 3 / 7 / 24 });
    expect(await look(8, { own: 0, others: 0 })).toMatch(/^close: /);
  });

  test("in a project that has no other errors", async () => {
    const { look } = await openProduction({ own: 6, others: 0 });
    expect(await look(8, { own: 0, others: 0 })).toMatch(/^close: /);
  });

  test.each([
    ["its own error was most of what was sent", { own: 60, others: 6 }],
    ["others were most of what was sent", { own: 6, others: 60 }],
  ])("in an organization that always has 30 of 100 dropped, where %s", async (_, usual) => {
    const { look } = await openProduction(usual, (sentry) =>
      sentry.addLeak({ outcome: "rate_limited", reason: "key_quota", share: 0.3 }),
    );
    expect(await look(8, { ...usual, own: 0 })).toMatch(/^close: /);
  });

  test("where filters drop as many as ever, which is most of what is left", async () => {
    const isCrawler = ({ release }: { readonly release?: string | undefined }) => release === "crawler";
    const { look, deployed } = await openProduction({ own: 60, others: 3 }, (sentry, now) => {
      sentry.addLeak({ outcome: "filtered", reason: "web-crawlers", concerns: isCrawler });
      record("crawl", 10, { from: now - DAYS * DAY, until: now, release: "crawler" });
    });
    record("crawl", 10, { from: deployed, until: deployed + 8 * HOUR, release: "crawler" });
    expect(await look(8, { own: 0, others: 3 })).toMatch(/^close: /);
  });

  test.each([403, 404])("where statistics are refused with %d, by its other errors", async (status) => {
    const { sentry, look } = await openProduction();
    refuseStats(sentry, status);
    expect(await look(8, { own: 0, others: 12 })).toMatch(/^close: /);
  });

  test("once the quota is there again for long enough", async () => {
    const { sentry, deployed, look } = await openProduction();
    spendQuota(sentry, deployed, deployed + 4 * HOUR);
    expect(await look(4, { own: 0, others: 12 })).toMatch(/^wait: /);
    expect(await look(40, { own: 0, others: 12 })).toMatch(/^close: /);
  });
});

test("a quota that stays spent goes to a person at the cap, with the reason", async () => {
  const { sentry, issue, deployed, look } = await openProduction();
  spendQuota(sentry, deployed);
  expect(await look(47, USUAL)).toMatch(/^wait: /);
  expect(await look(2, USUAL)).toMatch(/^escalate: .*Sentry dropped 100 %/);
  expect(readComments(app.test, issue)).toContain("The quota is spent");
});
