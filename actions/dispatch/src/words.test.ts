import { minutesAfter } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import { SKIP_REASONS } from "./contract.ts";
import { dispatchText, skipLine } from "./words.ts";

describe("the text of a skip", () => {
  const textFor = (reason: string) =>
    dispatchText({ phase: "needs-human", phaseAt: minutesAfter(0), reason });

  it("says why, and what a person can do", () => {
    expect(textFor("attempts-exhausted: all 3 attempts are used")).toBe(
      "<details><summary>No attempt is opened</summary>\n\nAll 3 attempts are used.\n\nSet the label `patchpilot:retry` for one more attempt, or fix it by hand: PatchPilot verifies that fix too.\n\n</details>",
    );
  });

  it("keeps a reason whole that holds colons", () => {
    expect(textFor("dispatch-refused: GitHub answered 403: no: never")).toContain(
      "GitHub answered 403: no: never.",
    );
  });

  it("has a remedy for a reason that it does not know", () => {
    expect(textFor("odd")).toMatch(
      /^<details><summary>No attempt is opened<\/summary>\n\nOdd\..*`patchpilot:retry`/s,
    );
  });
});

describe("the log line of a skip", () => {
  it("is an annotation only where something is wrong", () => {
    const loud = SKIP_REASONS.filter((reason) => skipLine(1, reason, "x").level !== "info");
    expect(loud).toEqual(["claim-refused", "dispatch-refused", "older-record", "frozen"]);
  });

  it.each(["it waits", "it waits."])("ends with one full stop after %j", (detail) => {
    expect(skipLine(12, "in-flight", detail).text).toBe("#12 is not dispatched (in-flight). It waits.");
  });
});
