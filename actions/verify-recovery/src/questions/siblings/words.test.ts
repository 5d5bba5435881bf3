import { describe, expect, test } from "vitest";
import { recovered, SIBLING } from "../../testing/facts.ts";
import type { SiblingFact } from "./facts.ts";
import { describeSibling } from "./words.ts";

const found = (more: Partial<typeof SIBLING> = {}): SiblingFact => ({ ...SIBLING, ...more });
const describeIt = (sibling: SiblingFact) => describeSibling(recovered({ sibling })).why;
const adviseOn = (sibling: SiblingFact) => describeSibling(recovered({ sibling })).next;

describe("an error that took the place of another", () => {
  test("is named, with its rate before and since", () => {
    expect(describeIt(found())).toBe(
      "SHOP-99, in the same place, began 6 min after the deploy, at 10 an hour",
    );
    expect(describeIt(found({ perHour: { before: 1 / 24, after: 10 }, alike: "message", others: 2 }))).toBe(
      "SHOP-99, with the same type and message, rose with the deploy from 1 a day to 10 an hour, and so did 2 more",
    );
  });

  test("is named by its short id where a record of an older version has nothing else", () => {
    expect(describeIt({ state: "found", shortId: "SHOP-99" })).toBe(
      "SHOP-99, in the same place, began after the deploy",
    );
  });

  test("comes with what to do about it", () => {
    expect(adviseOn(found())).toContain("merge it into this one in Sentry");
    expect(adviseOn(found())).toContain("archive SHOP-99");
    expect(adviseOn(found({ perHour: { before: 1, after: 10 } }))).not.toContain("archive");
    expect(adviseOn(found({ incident: 14 }))).toContain("duplicate of #14");
    expect(adviseOn({ state: "none" })).toBeUndefined();
  });
});
