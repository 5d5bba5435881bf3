import fc from "fast-check";
import { expect, it } from "vitest";
import { plainPlan, planSection, readPlanSection } from "./plan.ts";

const texts = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc
    .array(fc.constantFrom("`", "```", "````plan", "a", "\n", "~~~", "<!-- patchpilot:v1"))
    .map((parts) => parts.join("")),
);

it("reads back as it was written, whatever it says", () => {
  fc.assert(
    fc.property(texts, (plan) => {
      fc.pre(!/^`{3,}plan$/m.test(plainPlan(plan)));
      expect(readPlanSection(`### Plan\n\n${planSection(plan)}\n\nApprove it.\n\n<!-- line -->`)).toBe(
        plainPlan(plan),
      );
    }),
  );
});

it("survives other line ends and blanks at the end of the comment", () => {
  const body = `A\n\n${planSection("1. Guard\n2. Test")}\n\nB\n`.replaceAll("\n", "\r\n");
  expect(readPlanSection(body)).toBe("1. Guard\n2. Test");
});

it.each([
  ["none", "### Plan"],
  ["one that is not closed", "```plan\n1. Guard"],
  ["two", `${planSection("a")}\n\n${planSection("b")}`],
])("is not read from a comment with %s", (_, body) => {
  expect(readPlanSection(body)).toBeUndefined();
});
