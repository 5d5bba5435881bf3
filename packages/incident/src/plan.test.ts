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

it("is fenced by three backticks where it holds none", () => {
  expect(planSection("1. Guard")).toBe("```plan\n1. Guard\n```");
});

it("counts from its first blank to its last word, with plain line ends", () => {
  expect(plainPlan("  1. Guard\r  2. Test\r\n3. Ship \n\n")).toBe("  1. Guard\n  2. Test\n3. Ship");
});

it("may be empty", () => {
  expect(readPlanSection("```plan\n```")).toBe("");
});

it("may end as another plan begins", () => {
  expect(readPlanSection(planSection("1. Write\n```plan"))).toBe("1. Write\n```plan");
});

it("is neither what somebody quotes nor other code", () => {
  const bodies = ["> ```plan\n> 1. Guard\n> ```\n```", "```planning\n1. Guard\n```"];
  expect(bodies.map(readPlanSection)).toEqual([undefined, undefined]);
});
