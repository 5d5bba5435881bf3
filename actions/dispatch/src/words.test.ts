import { attemptRecord, minutesAfter } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import { SKIP_REASONS } from "./contract.ts";
import { attemptText, dispatchText, skipLine } from "./words.ts";

const runUrl = (id: string) => `https://github.com/acme/shop/actions/runs/${id}`;
const textOf = (changes = {}) => attemptText(attemptRecord(changes), runUrl);

describe("the text of an attempt", () => {
  it("says what happened, by whom, when and why", () => {
    expect(textOf({ runId: "500", reason: "the worker is on it" })).toBe(
      [
        "### Repair attempt 1 dispatched",
        "",
        "| | |",
        "|---|---|",
        "| Worker | `claude-code` |",
        "| Dispatched | 2026-11-21 09:01:00 UTC |",
        "| Run | [500](https://github.com/acme/shop/actions/runs/500) |",
        "| Opened by | the incident's acceptance |",
        "",
        "The worker is on it.",
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
    const rowOf = (wall: string) => textOf({ proof: { level: "proven", wall } }).split("\n")[4];
    expect(rowOf("wall")).toBe("| Proof | **proven** (`verify` said so, behind wall: bubblewrap) |");
    expect(rowOf("process")).toBe("| Proof | **proven** (claimed: there was no wall around the tests) |");
  });

  it("names outcome and pull request", () => {
    const text = textOf({ outcome: "declined", pullRequest: 34, phase: "needs-human" });
    expect(text).toContain("### Repair attempt 1 needs you");
    expect(text).toContain("| Outcome | **declined** |");
    expect(text).toContain("| Pull request | #34 |");
  });

  it("leads to the pull request also where it is in another repository", () => {
    const pullRequestUrl = "https://github.com/acme/app/pull/34";
    const row = "| Pull request | [#34](https://github.com/acme/app/pull/34) |";
    expect(textOf({ pullRequest: 34, pullRequestUrl })).toContain(row);
  });

  it("says that it was sent twice, as long as that matters", () => {
    expect(textOf({ losses: 1 })).toContain("sent once more");
    expect(textOf({ losses: 1, phase: "proposed" })).not.toContain("sent once more");
  });

  it("mentions nobody", () => {
    expect(textOf({ runId: "500" })).not.toContain("@");
  });
});

describe("the text of a skip", () => {
  const textFor = (reason: string) =>
    dispatchText({ phase: "needs-human", phaseAt: minutesAfter(0), reason });

  it("says why, and what a person can do", () => {
    expect(textFor("attempts-exhausted: all 3 attempts are used")).toBe(
      "### Not dispatched\n\nAll 3 attempts are used.\n\nSet the label `patchpilot:retry` for one more attempt, or fix it by hand: PatchPilot verifies that fix too.",
    );
  });

  it("keeps a reason whole that holds colons", () => {
    expect(textFor("dispatch-refused: GitHub answered 403: no: never")).toContain(
      "GitHub answered 403: no: never.",
    );
  });

  it("has a remedy for a reason that it does not know", () => {
    expect(textFor("odd")).toBe("### Not dispatched\n\nOdd.\n\nSomeone has to decide.");
  });
});

describe("the log line of a skip", () => {
  it("is an annotation only where something is wrong", () => {
    const loud = SKIP_REASONS.filter((reason) => skipLine(1, reason, "x").level !== "info");
    expect(loud).toEqual(["claim-refused", "dispatch-refused", "frozen"]);
  });

  it.each(["it waits", "it waits."])("ends with one full stop after %j", (detail) => {
    expect(skipLine(12, "in-flight", detail).text).toBe("#12 is not dispatched (in-flight). It waits.");
  });
});
