import { describe, expect, it } from "vitest";
import { workOrderOf } from "./testing/incidents.ts";
import { putAt } from "./testing/put-at.ts";
import { isShortId, type WorkOrder, workOrder } from "./work-order.ts";

const HASH = "0123456789abcdef".repeat(4);
const whole: WorkOrder = workOrderOf({
  autonomyReasons: ["The budget is spent."],
  recipe: "fix-incident",
  budget: { usd: 5, prices: "minute: 0.05" },
  plan: { text: "1. Guard", sha256: HASH },
  branch: "patchpilot/12-a1",
  pullRequest: 40,
  expectedHead: HASH.slice(0, 40),
  review: { author: "maya", text: "Test it." },
  checks: [{ name: "CI", conclusion: "failure", log: "red" }],
  replies: [{ attempt: 1, to: "answer", author: "maya", text: "EUR" }],
  lessons: [{ issue: 9, lesson: { signature: "s", files: [], outcome: "recovered", confidence: 0.9 } }],
  productImpact: {
    window: { from: "a", to: "b" },
    events: [{ event: "checkout", current: 1, baseline: 2, change: -0.5, actors: 1, finding: "few" }],
  },
  previousAttempts: [
    {
      attempt: 1,
      outcome: "failed",
      patchSha256: HASH,
      ci: [{ name: "CI", conclusion: "failure" }],
      residual: { verdict: "persists", left: null },
    },
  ],
});
const takes = (path: string, value: unknown): boolean =>
  workOrder.safeParse(putAt(whole, path, value)).success;

describe("a work order", () => {
  it("is read as it was written", () => {
    expect(workOrder.parse(whole)).toEqual(whole);
  });

  it.each<[string, unknown]>([
    ["v", 2],
    ["evidence", undefined],
    ["repositoryId", 0],
    ["issue", 1.5],
    ["attempt", 0],
    ["plan.text", undefined],
    ["review.author", undefined],
    ["checks.0.name", undefined],
    ["checks.0.conclusion", 1],
    ["replies.0.attempt", "1"],
    ["replies.0.text", undefined],
    ["incident.title", undefined],
    ["incident.severity", "huge"],
    ["lessons.0.issue", "9"],
    ["lessons.0.lesson.outcome", undefined],
    ["productImpact.window", undefined],
    ["productImpact.window.from", 0],
    ["productImpact.events.0.event", undefined],
    ["productImpact.events.0.finding", 1],
    ["previousAttempts.0.attempt", "1"],
    ["previousAttempts.0.ci.0.name", undefined],
    ["previousAttempts.0.residual.verdict", undefined],
  ])("is refused with %s: %j", (path, value) => {
    expect(takes(path, value)).toBe(false);
  });

  it.each<[string, string, boolean]>([
    ["key", "pp-4242-12-a12", true],
    ["key", "pp-4242-12-a1 ", false],
    ["key", " pp-4242-12-a1", false],
    ["key", "pp-4242-12-a", false],
    ["repository", "a.c-m_e/shop.js", true],
    ["repository", "https://acme/shop", false],
    ["repository", "acme/shop/tree", false],
    ["repository", "acme", false],
    ["plan.sha256", HASH, true],
    ["plan.sha256", HASH.slice(1), false],
    ["plan.sha256", `${HASH}0`, false],
    ["plan.sha256", HASH.toUpperCase(), false],
    ["expectedHead", HASH, true],
    ["expectedHead", HASH.slice(0, 40), true],
    ["expectedHead", HASH.slice(0, 39), false],
    ["expectedHead", `${HASH}0`, false],
    ["expectedHead", ` ${HASH}`, false],
    ["expectedHead", "g".repeat(40), false],
  ])("with %s %j is taken: %s", (path, value, isTaken) => {
    expect(takes(path, value)).toBe(isTaken);
  });

  it("holds to no budget where its price list is none", () => {
    expect(workOrder.parse(putAt(whole, "budget.prices", 3))).not.toHaveProperty("budget.usd");
  });

  it("names no issue of Sentry where its short id is none", () => {
    const order = workOrder.parse(putAt(whole, "incident.shortId", "SHOP-2T\nCo-authored-by: x"));
    expect(order.incident.shortId).toBeUndefined();
  });
});

describe("a short id", () => {
  it.each(["SHOP-2T", "A-1", "9LIVES-1", "MY_APP-WEB-2T", "GHOST-12", "GH-2T", `A-${"1".repeat(62)}`])(
    "is %j",
    (text) => {
      expect(isShortId(text)).toBe(true);
    },
  );

  it.each([
    "",
    "SHOP",
    "SHOP-",
    "-2T",
    "_SHOP-2T",
    "shop-2T",
    "SHOP-2t",
    "SHOP--2T",
    " SHOP-2T",
    "SHOP-2T ",
    "GH-1",
    "GH-12",
    `A-${"1".repeat(63)}`,
  ])("is not %j", (text) => {
    expect(isShortId(text)).toBe(false);
  });
});
