import { attemptRecord } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import { attemptText } from "./attempt-comment.ts";
import { unfoldRecord } from "./fold.ts";

const RUN = { runId: "500", runUrl: "https://github.com/acme/shop/actions/runs/500" };
const textOf = (changes = {}) => attemptText(attemptRecord(changes));

describe("the text of an attempt", () => {
  it("says what happened, by whom, when and why", () => {
    expect(textOf({ ...RUN, reason: "the worker is on it" })).toBe(
      [
        "<details><summary>Repair attempt 1 is in progress</summary>",
        "",
        "The worker is on it.",
        "",
        "| | |",
        "|---|---|",
        "| Worker | `claude-code` |",
        "| Dispatched | 21 November, 09:01 UTC |",
        "| Run | [500](https://github.com/acme/shop/actions/runs/500) |",
        "| Opened by | the incident's acceptance |",
        "",
        "</details>",
      ].join("\n"),
    );
  });

  it.each([
    ["acceptance/e2", "the reopening (episode 2)"],
    ["outcome/a3", "the outcome of attempt 3"],
    ["failing/a3/abc", "production, where the fix of attempt 3 did not help"],
    ["label/LE_1", "a label that someone set"],
    ["redispatch/900", "someone who asked for a redispatch"],
  ])("tells the cause %s in words", (cause, words) => {
    expect(textOf({ cause })).toContain(`| Opened by | ${words} |`);
  });

  it("begins with the proof of its patch, and calls it a claim where there was no wall", () => {
    const rowOf = (wall: string) =>
      textOf({ proof: { level: "proven", wall } })
        .split("\n")
        .find((row) => row.startsWith("| Proof"));
    expect(rowOf("wall")).toBe("| Proof | **proven** (`verify` said so, behind wall: bubblewrap) |");
    expect(rowOf("process")).toBe("| Proof | **proven** (claimed: there was no wall around the tests) |");
  });

  it("names outcome and pull request", () => {
    const text = textOf({ outcome: "declined", pullRequest: 34, phase: "needs-human" });
    expect(text).toContain("| Outcome | **declined** |");
    expect(text).toContain("| Pull request | #34 |");
  });

  it("leads to the pull request also where it is in another repository", () => {
    const pullRequestUrl = "https://github.com/acme/app/pull/34";
    const row = "| Pull request | [#34](https://github.com/acme/app/pull/34) |";
    expect(textOf({ pullRequest: 34, pullRequestUrl })).toContain(row);
  });

  it("says that it was sent twice, as long as that matters", () => {
    expect(textOf({ losses: 1 })).toContain("asked for again");
    expect(textOf({ losses: 1, phase: "proposed" })).not.toContain("asked for again");
  });

  it("mentions nobody", () => {
    expect(textOf(RUN)).not.toContain("@");
  });
});

describe("what its run left", () => {
  const LEFT = "#### What its run left\n\nThe agent asks: why?";

  it("is folded with the rest", () => {
    const text = attemptText(attemptRecord(), { section: LEFT, isOpen: false });
    expect(unfoldRecord(text)).toMatch(/why\?$/);
  });

  it("is read without a click if it is a question", () => {
    const text = attemptText(attemptRecord(), { section: LEFT, isOpen: true });
    expect(text.split("</details>")[1]).toBe(`\n\n${LEFT}`);
  });
});

it.each([
  [{ phase: "proposed" }, "waits for review"],
  [{ needs: "publish" }, "waits for your word"],
  [{ phase: "verifying" }, "was merged"],
  [{ phase: "needs-human", outcome: "no-change", ending: "asked" }, "asked a question"],
] as const)("its one line says how it is with %j", (changes, state) => {
  expect(textOf(changes)).toMatch(`<details><summary>Repair attempt 1 ${state}</summary>`);
});
