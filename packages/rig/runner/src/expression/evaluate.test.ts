import { describe, expect, it } from "vitest";
import { type ExpressionScope, evaluateCondition, evaluateExpression } from "./evaluate.ts";
import { fromExpressionData, toExpressionData } from "./expression-data.ts";

const scope: ExpressionScope = {
  contexts: {
    github: toExpressionData({
      actor: "octocat",
      event: { labels: [{ name: "bug" }, { name: "p1" }], n: 3, none: null },
    }),
    secrets: toExpressionData({ TOKEN: "s" }),
  },
  status: { success: false, failure: true, cancelled: false },
};

describe("evaluateExpression", () => {
  it.each([
    ["github.event.labels.*.name", ["bug", "p1"]],
    ["github.event.missing.deeper", null],
    ["format('{0}-{1}', github.actor, github.event.n)", "octocat-3"],
    ["github.event.n > 2 && 'many' || 'few'", "many"],
    ["GITHUB.Actor == 'OCTOCAT'", true],
    ["fromJSON('[1,2]')[1]", 2],
    ["secrets.token", "s"],
    ["'it''s ''quoted'''", "it's 'quoted'"],
    ["toJSON(github.event.none)", "null"],
  ])("evaluates %s", (expression, value) => {
    expect(fromExpressionData(evaluateExpression(expression, scope))).toEqual(value);
  });

  it("quotes the expression that cannot be evaluated", () => {
    expect(() => evaluateExpression("fromJSON('{')", scope)).toThrow(
      /^The expression `\$\{\{ fromJSON\('\{'\) \}\}` cannot/,
    );
  });
});

describe("evaluateCondition", () => {
  it.each([
    ["always()", true],
    ["success()", false],
    ["failure() && github.event.n == 3", true],
    ["!cancelled()", true],
    ["''", false],
    ["0", false],
    ["'false'", true],
  ])("answers %s with %s", (expression, holds) => {
    expect(evaluateCondition(expression, scope)).toBe(holds);
  });
});
