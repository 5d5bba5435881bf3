import { attemptRecord } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import { attemptText } from "./attempt-comment.ts";

const RUN = { runId: "500", runUrl: "https://github.com/acme/shop/actions/runs/500" };
const textOf = (changes = {}) => attemptText(attemptRecord(changes));

describe("the text of an attempt", () => {
  it("says what happened, by whom, when and why", () => {
    expect(textOf({ ...RUN, reason: "the worker is on it" })).toBe(
      [
        "**Repair attempt 1:** The worker is on it.",
        "",
        "<details><summary>Details</summary>",
        "",
        "| | |",
        "|---|---|",
        "| Worker | `claude-code` |",
        "| Dispatched | 2026-11-21 09:01:00 UTC |",
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
    const rowOf = (wall: string) => textOf({ proof: { level: "proven", wall } }).split("\n")[6];
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

it("keeps what its run left outside of the fold, so that a question is read", () => {
  expect(attemptText(attemptRecord(), "#### What its run left").split("</details>")[1]).toContain("left");
});
