import type { SdkEvent } from "@patchpilot/simulators";
import { assertNoViolations } from "@patchpilot/simulators/github";
import { DAY, HOUR, MINUTE } from "@patchpilot/time";
import { afterEach, describe, expect, test } from "vitest";
import { findHead, type LiveApp, mergeFixes, openLiveApp } from "../../worlds/live-app.ts";
import { addIncident } from "../../worlds/world.ts";
import { openVerifyBundle, type VerifyBundle } from "./support/open-verify-bundle.ts";

/** Production got quiet: is the error gone, or does it have another name? */

let app: LiveApp;
let bundle: VerifyBundle | undefined;
afterEach(async () => {
  await bundle?.close();
  assertNoViolations(app.test.simulator);
  expect(app.sentry.violations).toEqual([]);
});

type Crash = {
  readonly type?: string;
  readonly value?: string;
  readonly file?: string;
  readonly called?: string;
  readonly transaction?: string;
  readonly fingerprint?: string;
};

function crash({ type = "TypeError", value = "no price", file = "src/price.ts", ...more }: Crash): SdkEvent {
  const { called = "price", transaction, fingerprint } = more;
  const frames = [{ filename: file, function: called, lineno: 3, in_app: true }];
  const mechanism = { type: "generic", handled: false };
  return {
    exception: { values: [{ type, value, mechanism, stacktrace: { frames } }] },
    ...(transaction ? { transaction } : {}),
    ...(fingerprint ? { fingerprint: [fingerprint] } : {}),
  };
}

/** Minutes from one error to the next, and to the first. */
type Happened = { readonly every: number; readonly after?: number; readonly environment?: string };

const DAYS = 3;
const AFTER = 8 * HOUR;

/** An incident that occurred every ten minutes for three days; its fix is live, and it is quiet since. */
function openQuiet(own: Crash) {
  app = openLiveApp({ days: DAYS, teller: "github" });
  const release = findHead(app);
  const now = app.test.clock.now();
  const from = now - DAYS * DAY;
  record(own, { every: 10 }, { from, until: now, release });
  const { id, shortId, projectId } = app.sentry.issue("SHOP-2");
  const sentry = { organization: "acme", issueId: id, shortId, project: "shop", projectId };
  const issue = addIncident(app.test, { firstSeen: new Date(from).toISOString(), sentry });
  app.pass(1);
  const fix = mergeFixes(app, [issue]);
  app.deploy(fix);
  const deployed = app.test.clock.now();
  const spans = {
    before: { from, until: now, release },
    since: { from: deployed + MINUTE, until: deployed + AFTER, release: fix },
  };
  return {
    before: (other: Crash, happened: Happened) => record(other, happened, spans.before),
    since: (other: Crash, happened: Happened) => record(other, happened, spans.since),
    /** Eight hours go by. @returns what is decided then */
    look: async (sessions = 120) => {
      app.goOn(AFTER / HOUR, { sessions });
      bundle = await openVerifyBundle(app);
      return (await bundle.verify()).decision;
    },
  };
}

type Span = { readonly from: number; readonly until: number; readonly release: string };

function record(
  other: Crash,
  { every, after = 0, environment }: Happened,
  { from, until, release }: Span,
): void {
  const instants: number[] = [];
  for (let at = from + after * MINUTE; at < until; at += every * MINUTE) instants.push(at);
  app.sentry.recordEvent({ event: crash(other), release, instants, ...(environment ? { environment } : {}) });
}

describe("an incident stays open", () => {
  test("while its crash comes from a chunk with another hash", async () => {
    const { since, look } = openQuiet({ file: "https://shop.example/assets/price-BxYz12ab.js", called: "r" });
    since({ file: "https://shop.example/assets/price-DbQ2xY9p.js", called: "t" }, { every: 10 });
    expect((await look())?.reason).toContain("SHOP-3, in the same place, began");
  });

  test("while a known error of its route, by another spelling, occurs far more often than before", async () => {
    const { before, since, look } = openQuiet({ transaction: "POST /orders/12" });
    const wrapped = {
      type: "OrderFailed",
      value: "no order",
      called: "order",
      transaction: "POST /orders/[id]",
    };
    before(wrapped, { every: 24 * 60 });
    since(wrapped, { every: 10 });
    expect((await look())?.reason).toContain(
      "SHOP-3, in the same place, rose with the deploy from 0.6 a day",
    );
  });

  test("while another place says the same in the words of another browser", async () => {
    const { since, look } = openQuiet({ value: "Cannot read properties of undefined (reading 'price')" });
    const elsewhere = { file: "src/basket.ts", called: "sum" };
    since({ ...elsewhere, value: "undefined is not an object (evaluating 'e.price')" }, { every: 10 });
    expect((await look())?.reason).toContain("SHOP-3, with the same type and message, began");
  });

  test("while its crash comes in pieces that are small each", async () => {
    const { since, look } = openQuiet({ value: "no price of article 1", fingerprint: "article 1" });
    for (let piece = 2; piece < 20; piece += 1)
      since(
        { value: `no price of article ${piece}`, fingerprint: `article ${piece}` },
        { every: 120, after: 6 * piece },
      );
    expect((await look())?.reason).toMatch(/and so did \d+ more/);
  });

  test("while the error that took its place is none of the 200 most frequent", async () => {
    const { since, look } = openQuiet({ transaction: "POST /price" });
    for (let noise = 0; noise < 210; noise += 1)
      since(
        { type: `Noise${noise}`, transaction: `GET /page${noise}`, fingerprint: `n${noise}` },
        { every: 8 },
      );
    since({ type: "PriceFailed", called: "wrap", transaction: "POST /price" }, { every: 10 });
    expect((await look())?.reason).toContain("in the same place, began");
  });

  test("while an error that was archived long ago took its place", async () => {
    const { before, since, look } = openQuiet({ transaction: "POST /price" });
    const muted = { type: "PriceFailed", called: "wrap", transaction: "POST /price" };
    before(muted, { every: 24 * 60 });
    app.sentry.setStatus("SHOP-3", "ignored");
    since(muted, { every: 10 });
    expect((await look())?.decision).toBe("wait");
  });
});

describe("an incident closes", () => {
  const own = { transaction: "POST /price" };
  const wrapped = { type: "PriceFailed", called: "wrap", ...own };

  test("whatever begins elsewhere", async () => {
    const { since, look } = openQuiet(own);
    since(
      { type: "RangeError", value: "no stock", called: "stock", transaction: "GET /stock" },
      { every: 5 },
    );
    expect((await look())?.decision).toBe("close");
  });

  test("beside an error that rose as the traffic did", async () => {
    const { before, since, look } = openQuiet(own);
    before(wrapped, { every: 60 });
    since(wrapped, { every: 12 });
    expect((await look(5 * 120))?.decision).toBe("close");
  });

  test("beside an error in the same place that is as frequent as before", async () => {
    const { before, since, look } = openQuiet(own);
    before(wrapped, { every: 15 });
    since(wrapped, { every: 15 });
    expect((await look())?.decision).toBe("close");
  });

  test("beside fifty errors in the same place that are as frequent as before", async () => {
    const { before, since, look } = openQuiet(own);
    for (let known = 0; known < 50; known += 1) {
      const noise = { type: `Noise${known}`, fingerprint: `noise ${known}`, ...own };
      before(noise, { every: 90, after: known });
      since(noise, { every: 90, after: known });
    }
    expect((await look())?.decision).toBe("close");
  });

  test("beside one stray error in the same place", async () => {
    const { since, look } = openQuiet(own);
    since(wrapped, { every: 8 * 60 });
    expect((await look())?.decision).toBe("close");
  });

  test("beside an error of another environment", async () => {
    const { since, look } = openQuiet(own);
    since(wrapped, { every: 10, environment: "staging" });
    expect((await look())?.decision).toBe("close");
  });

  test.each(["resolved", "ignored"] as const)("beside a new error that a person has %s", async (status) => {
    const { since, look } = openQuiet(own);
    since(wrapped, { every: 10 });
    app.sentry.setStatus("SHOP-3", status);
    expect((await look())?.decision).toBe("close");
  });
});
