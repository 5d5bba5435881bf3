import { operationKey } from "@patchpilot/incident";
import { describe, expect, test } from "vitest";
import { OPERATION } from "../../testing/slow.ts";
import type { TracedOperation } from "../sources.ts";
import { judgeTracing } from "./tracing.ts";

const CART = OPERATION;
const WEEK_HOURS = 168;

const row = (transaction: string, samples: number, more: Partial<TracedOperation> = {}): TracedOperation => ({
  project: "shop",
  transaction,
  op: "http.server",
  description: "",
  samples,
  ...more,
});
const HOME = row("GET /", 100 * WEEK_HOURS);
const OWN = row("GET /cart", 50 * WEEK_HOURS);

/** Six hours now, after a week. */
const judge = (now: TracedOperation[], before = [OWN, HOME], operation = CART) =>
  judgeTracing(operation, { rows: before, hours: WEEK_HOURS }, { rows: now, hours: 6 });

describe("an operation without requests", () => {
  test.each<[string, TracedOperation[]]>([
    ["nothing at all", []],
    ["next to nothing", [row("GET /", 20)]],
    ["only other projects", [row("GET /", 600, { project: "docs" })]],
  ])("is one whose tracing stopped if Sentry stores %s", (_, now) => {
    expect(judge(now)).toEqual({ state: "stopped" });
  });

  test.each<[string, TracedOperation]>([
    ["new", row("GET /v2/cart", 280)],
    ["a preview's before", row("GET /v3/cart", 280)],
  ])("may have a name that is %s", (_, successor) => {
    const before = [OWN, HOME, row("GET /v3/cart", 20)];
    expect(judge([row("GET /", 600), successor], before)).toEqual({
      state: "renamed",
      to: successor.transaction,
    });
  });

  test("is named by its description where its transaction has the same name", () => {
    const query = { ...CART, op: "db", description: "SELECT 1" };
    const before = [HOME, row("GET /cart", 50 * WEEK_HOURS, { op: "db", description: "SELECT 1" })];
    const now = [row("GET /", 600), row("GET /cart", 280, { op: "db", description: "SELECT 2" })];
    expect(judge(now, before, query)).toEqual({ state: "renamed", to: "SELECT 2" });
  });

  test.each<[string, TracedOperation[]]>([
    ["none is new", [row("GET /", 600)]],
    ["what is new has a tenth of its requests", [row("GET /", 600), row("GET /help", 30)]],
    ["what is new is of another kind", [row("GET /", 600), row("SELECT", 300, { op: "db" })]],
    ["what is new is of another project", [row("GET /", 600), row("GET /v2/cart", 300, { project: "docs" })]],
  ])("is not used where others are traced and %s", (_, now) => {
    expect(judge(now)).toEqual({ state: "unused" });
  });

  test("says nothing where nothing else was traced", () => {
    expect(judge([], [OWN])).toBeUndefined();
    expect(judge([], [])).toBeUndefined();
  });

  test("is known by its key where its texts were cut", () => {
    const long = row("GET /cart/with/a/long/name", 50 * WEEK_HOURS);
    const key = operationKey(CART.organization, "production", long);
    const cut = {
      ...CART,
      transaction: "GET /cart/with…",
      pattern: { search: "", key, environment: "production" },
    };
    expect(judge([], [long], cut)).toBeUndefined();
    expect(judge([], [long, HOME], cut)).toEqual({ state: "stopped" });
  });
});
