import { assertNoViolations } from "@patchpilot/simulators/github";
import { afterEach, describe, expect, test } from "vitest";
import { type Crash, openQuietApp, type QuietApp } from "./support/open-quiet-app.ts";

/** Production got quiet: is the error gone, or does it have another name? */

let quiet: QuietApp;
afterEach(async () => {
  await quiet.close();
  assertNoViolations(quiet.app.test.simulator);
  expect(quiet.app.sentry.violations).toEqual([]);
});

function open(own: Crash): QuietApp {
  quiet = openQuietApp(own);
  return quiet;
}

describe("an incident stays open", () => {
  test("while its crash comes from a chunk with another hash", async () => {
    const { since, look } = open({ file: "https://shop.example/assets/price-BxYz12ab.js", called: "r" });
    since.crash({ file: "https://shop.example/assets/price-DbQ2xY9p.js", called: "t" }, { every: 10 });
    expect((await look())?.reason).toContain("SHOP-3, in the same place, began");
  });

  test("while a known error of its route, by another spelling, occurs far more often than before", async () => {
    const { before, since, look } = open({ transaction: "POST /orders/12" });
    const wrapped = {
      type: "OrderFailed",
      value: "no order",
      called: "order",
      transaction: "POST /orders/[id]",
    };
    before.crash(wrapped, { every: 24 * 60 });
    since.crash(wrapped, { every: 10 });
    expect((await look())?.reason).toContain(
      "SHOP-3, in the same place, rose with the deploy from 0.6 a day",
    );
  });

  test("while another place says the same in the words of another browser", async () => {
    const { since, look } = open({ value: "Cannot read properties of undefined (reading 'price')" });
    const elsewhere = { file: "src/basket.ts", called: "sum" };
    since.crash({ ...elsewhere, value: "undefined is not an object (evaluating 'e.price')" }, { every: 10 });
    expect((await look())?.reason).toContain("SHOP-3, with the same type and message, began");
  });

  test("while its crash comes in pieces that are small each", async () => {
    const { since, look } = open({ value: "no price of article 1", fingerprint: "article 1" });
    for (let piece = 2; piece < 20; piece += 1)
      since.crash(
        { value: `no price of article ${piece}`, fingerprint: `article ${piece}` },
        { every: 120, after: 6 * piece },
      );
    expect((await look())?.reason).toMatch(/and so did \d+ more/);
  });

  test("while the error that took its place is none of the 200 most frequent", async () => {
    const { since, look } = open({ transaction: "POST /price" });
    for (let noise = 0; noise < 210; noise += 1)
      since.crash(
        { type: `Noise${noise}`, transaction: `GET /page${noise}`, fingerprint: `n${noise}` },
        { every: 8 },
      );
    since.crash({ type: "PriceFailed", called: "wrap", transaction: "POST /price" }, { every: 10 });
    expect((await look())?.reason).toContain("in the same place, began");
  });

  test("while an error that was archived long ago took its place", async () => {
    const { before, since, look } = open({ transaction: "POST /price" });
    const muted = { type: "PriceFailed", called: "wrap", transaction: "POST /price" };
    before.crash(muted, { every: 24 * 60 });
    quiet.app.sentry.setStatus("SHOP-3", "ignored");
    since.crash(muted, { every: 10 });
    expect((await look())?.decision).toBe("wait");
  });
});

describe("an incident closes", () => {
  const own = { transaction: "POST /price" };
  const wrapped = { type: "PriceFailed", called: "wrap", ...own };

  test("whatever begins elsewhere", async () => {
    const { since, look } = open(own);
    since.crash(
      { type: "RangeError", value: "no stock", called: "stock", transaction: "GET /stock" },
      { every: 5 },
    );
    expect((await look())?.decision).toBe("close");
  });

  test("beside an error that rose as the traffic did", async () => {
    const { before, since, look } = open(own);
    before.crash(wrapped, { every: 60 });
    since.crash(wrapped, { every: 12 });
    expect((await look(5 * 120))?.decision).toBe("close");
  });

  test("beside an error in the same place that is as frequent as before", async () => {
    const { before, since, look } = open(own);
    before.crash(wrapped, { every: 15 });
    since.crash(wrapped, { every: 15 });
    expect((await look())?.decision).toBe("close");
  });

  test("beside fifty errors in the same place that are as frequent as before", async () => {
    const { before, since, look } = open(own);
    for (let known = 0; known < 50; known += 1) {
      const noise = { type: `Noise${known}`, fingerprint: `noise ${known}`, ...own };
      before.crash(noise, { every: 90, after: known });
      since.crash(noise, { every: 90, after: known });
    }
    expect((await look())?.decision).toBe("close");
  });

  test("beside one stray error in the same place", async () => {
    const { since, look } = open(own);
    since.crash(wrapped, { every: 8 * 60 });
    expect((await look())?.decision).toBe("close");
  });

  test("beside an error of another environment", async () => {
    const { since, look } = open(own);
    since.crash(wrapped, { every: 10, environment: "staging" });
    expect((await look())?.decision).toBe("close");
  });

  test.each(["resolved", "ignored"] as const)("beside a new error that a person has %s", async (status) => {
    const { since, look } = open(own);
    since.crash(wrapped, { every: 10 });
    quiet.app.sentry.setStatus("SHOP-3", status);
    expect((await look())?.decision).toBe("close");
  });
});
