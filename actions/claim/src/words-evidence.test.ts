import { fence } from "@patchpilot/evidence";
import { fitWorkOrder } from "@patchpilot/incident";
import { workOrderOf } from "@patchpilot/incident/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { composeEvidence } from "./words-evidence.ts";

const earlier = {
  attempt: 1,
  outcome: "failed",
  diff: "+total = 2",
  failure: "1 test failed",
  ci: [{ name: "CI", conclusion: "failure" }],
  residual: { verdict: "failing", left: 0.4 },
  missing: ["its run left no artifact"],
};

/** The lines of a Markdown text that stand in no fence. */
function openLines(markdown: string): string[] {
  let bar: string | undefined;
  return markdown.split("\n").filter((line) => {
    const [, ticks] = /^(`{3,})/.exec(line) ?? [];
    if (bar === undefined && ticks !== undefined) bar = ticks;
    else if (bar !== undefined && line.trimEnd() === bar) bar = undefined;
    else return bar === undefined;
    return false;
  });
}

describe("the evidence", () => {
  it("holds what the prompt leaves out", () => {
    const text = composeEvidence(
      workOrderOf({ impact: "Checkouts fell by half", suspectFiles: ["src/a b.ts"] }),
    );
    for (const part of ["TypeError in src/checkout.ts, line 7", "Checkouts fell by half", "src/a b.ts"])
      expect(text).toContain(part);
  });

  it("holds the impact as fields, and the sentence of an older order", () => {
    const events = [
      { event: "checkout", current: 1, baseline: 9, change: -0.9, actors: 1, baselineActors: 8 },
    ];
    const productImpact = { window: { from: "a", to: "b" }, baseline: "previous-week", events };
    expect(composeEvidence(workOrderOf({ productImpact }))).toContain('"baselineActors": 8');
    expect(composeEvidence(workOrderOf({ impact: "It fell" }))).toContain('"productImpact": "It fell"');
  });

  it("holds what closed incidents taught, in a block that nothing in it can close", () => {
    const lesson = {
      signature: "s",
      outcome: "recovered",
      files: ["src/cart.ts"],
      confidence: 1,
      diff: "```\nESCAPED",
      declined: [{ by: "maya", text: "```` ESCAPED" }],
    };
    const text = composeEvidence(workOrderOf({ lessons: [{ issue: 5, lesson }] }));
    expect(text).toContain("## What issue 5 taught (the same signature)\n\n`");
    expect(text).toContain("files: src/cart.ts");
    expect(openLines(text).join("\n")).not.toContain("ESCAPED");
  });

  it("tells what earlier attempts left", () => {
    const text = composeEvidence(workOrderOf({ previousAttempts: [earlier] }));
    for (const part of [
      "## Earlier attempt 1",
      "+total = 2",
      "1 test failed",
      '"left": 0.4',
      "its run left no artifact",
    ])
      expect(text).toContain(part);
  });

  it("says which checks are red, in blocks that nothing in them can close", () => {
    const hostile = "```\nESCAPED";
    const check = { name: hostile, conclusion: "failure", words: hostile, log: hostile };
    const text = composeEvidence(workOrderOf({ pullRequest: 34, checks: [check] }));
    expect(text).toContain("## A check that went red on pull request 34\n");
    expect(text.match(/ESCAPED/g)).toHaveLength(3);
    expect(openLines(text).join("\n")).not.toContain("ESCAPED");
  });

  it("tells what a reviewer asked for", () => {
    const text = composeEvidence(
      workOrderOf({ pullRequest: 34, review: { author: "maya", text: "Add a test" } }),
    );
    expect(text).toContain("## Changes that maya asked for in pull request 34\n\n```text\nAdd a test\n```\n");
  });

  it("keeps the words of agents, tests and reviewers in blocks that they cannot close", () => {
    const word = fc
      .array(fc.constantFrom("```", "````", "~~~", "\n", "ESCAPED", "`", " "), { maxLength: 20 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(word, word, word, (diff, failure, text) => {
        const order = workOrderOf({
          previousAttempts: [{ ...earlier, diff, failure }],
          review: { author: "maya", text },
        });
        expect(openLines(composeEvidence(order)).join("\n")).not.toContain("ESCAPED");
      }),
    );
  });

  it("shows what people replied, under their names, beside what was asked", () => {
    const evidence = composeEvidence(
      workOrderOf({
        replies: [
          { attempt: 1, to: "answer", author: "maya", text: "EUR\n``` ESCAPED" },
          { attempt: 2, to: "constructor", author: "lee\n# ESCAPED", text: "No." },
        ],
        previousAttempts: [{ attempt: 1, outcome: "asked", question: "Which?\n``` ESCAPED" }],
      }),
    );
    expect(evidence).toContain("## What maya answered to the question of attempt 1\n\n");
    expect(evidence).toContain("replied to attempt 2\n\n```text\nNo.\n```");
    expect(evidence).toContain("What it asked:\n\n````text\nWhich?\n");
    expect(openLines(evidence).filter((line) => line.startsWith("# "))).toEqual([]);
  });

  it("keeps the incident's name in a block", () => {
    const { incident } = workOrderOf();
    const order = workOrderOf({ incident: { ...incident, title: "``` ESCAPED" }, impact: "ESCAPED" });
    expect(composeEvidence(order)).toContain("ESCAPED");
    expect(openLines(composeEvidence(order)).join("\n")).not.toContain("ESCAPED");
  });

  it("keeps them in their blocks wherever the evidence before them was cut", () => {
    const order = workOrderOf({
      evidence: `### Error\n\n${fence("```\nat a\n".repeat(20))}\n\n${fence("b\n".repeat(40))}`,
      review: { author: "maya", text: "```\nESCAPED" },
    });
    const whole = JSON.stringify(order).length;
    for (let limit = whole - 300; limit < whole; limit += 1)
      expect(openLines(composeEvidence(fitWorkOrder(order, limit))).join("\n")).not.toContain("ESCAPED");
  });
});
