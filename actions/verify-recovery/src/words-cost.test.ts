import { judgeEvents } from "@patchpilot/incident";
import { describe, expect, it } from "vitest";
import { describeCost, describeKnownCost, findCostText } from "./words-cost.ts";

const at = (hour: number): number => Date.parse("2026-11-20T00:00:00Z") + hour * 3_600_000;
const judge = (counts: Record<string, readonly [number, number]>) =>
  judgeEvents(
    Object.entries(counts).map(([event, [current, before]]) => ({
      event,
      incident: { count: current, actors: current },
      baseline: { count: before, actors: before },
    })),
  );
const tell = (
  during: Record<string, readonly [number, number]>,
  after: Record<string, readonly [number, number]>,
  weeks = 1,
): string =>
  describeCost({
    lasted: { from: at(0), until: at(9) },
    since: { from: at(9), until: at(20) },
    weeks,
    during: judge(during),
    after: judge(after),
  });

describe("the final numbers", () => {
  it("say what it cost, what came back, and each count", () => {
    const lines = tell(
      { checkout: [812, 1_177], signup: [50, 51] },
      { checkout: [400, 405], signup: [9, 9] },
    );
    expect(lines.split("\n").slice(2, 9)).toEqual([
      "While it lasted (20 November, 00:00 UTC to 20 November, 09:00 UTC): `checkout` fell by 31 %, 365 fewer. Since the fix (20 November, 09:00 UTC to 20 November, 20:00 UTC): `checkout` is back.",
      "",
      "<details><summary>Counts</summary>",
      "",
      "| Event | While it lasted | Change | People | Since the fix | Change | People |",
      "|---|--:|--:|--:|--:|--:|--:|",
      "| `checkout` | 812, was 1,177 | −31 % | 812, was 1,177 | 400, was 405 | no clear change | 400, was 405 |",
    ]);
  });

  it.each([
    ["what has not come back", [200, 400], "`checkout` is still 50 % below"],
    ["what cannot be said yet", [3, 4], "`checkout` happened too seldom to tell"],
  ] as const)("say %s", (_, after, words) => {
    expect(tell({ checkout: [100, 1_000] }, { checkout: after })).toContain(words);
  });

  it("claim no loss where nothing clearly fell", () => {
    expect(tell({ checkout: [100, 101] }, { checkout: [100, 101] })).toContain(
      "no event clearly fell. Since the fix (20 November, 09:00 UTC to 20 November, 20:00 UTC): nothing had to come back.",
    );
  });

  it("name the weeks that they are compared with", () => {
    expect(tell({}, {}, 5)).toContain("each beside the same hours 5 weeks before");
  });
});

describe("the part of the comment", () => {
  it("is found again in the comment that it closes", () => {
    const cost = tell({ checkout: [1, 2] }, {});
    expect(findCostText(`### Recovered\n\nIt has recovered.\n\n${cost}`)).toBe(cost);
  });

  it("is not found where there is none", () => {
    expect(findCostText("### Recovered\n\n> #### What it cost, and what came back")).toBeUndefined();
  });

  it("is what impact said where nothing was counted at the close", () => {
    const known = describeKnownCost({
      summary: "`checkout` fell.",
      window: { from: "", to: "" },
      events: [],
    });
    expect(known).toContain("While it lasted: `checkout` fell. What came back was not counted.");
  });
});
