import { DAY, HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import type { Fix } from "../../facts.ts";
import { FIX, LIVE, NOW, OLD } from "../../testing/world.ts";
import type { ProductionHistory } from "../sources.ts";
import { containmentsFor, locateFix } from "./locate.ts";

const NEWER = "b2".repeat(20);
const fix: Fix = { kind: "merged", commit: FIX, at: NOW - DAY, attempt: 1, pullRequest: 40 };
const has =
  (...heads: string[]) =>
  (head: string) =>
    heads.includes(head);
const ran = (...history: [string | null, number | null][]): ProductionHistory => ({
  source: "vercel",
  history: history.map(([sha, hours]) => ({ sha, from: hours === null ? null : NOW - hours * HOUR })),
  waiting: [],
});
const locate = (
  production: ProductionHistory | undefined,
  contains: (head: string) => boolean | undefined,
  known: number | null = null,
) => locateFix(fix, production, contains, known, NOW);

describe("where a merged fix stands", () => {
  test("the anchor is the first deployment that contains it, not the newest", () => {
    const production = ran([NEWER, 2], [LIVE, 20], [OLD, 70]);
    expect(locate(production, has(LIVE, NEWER))).toMatchObject({
      state: "live",
      sha: NEWER,
      since: NOW - 20 * HOUR,
    });
  });

  test("the deployed commit need not be the fix itself", () => {
    expect(locate(ran([LIVE, 2], [OLD, 70]), has(LIVE)).state).toBe("live");
  });

  test("a deployment without it is not enough, ready or not", () => {
    expect(locate(ran([OLD, 2]), has()).state).toBe("absent");
  });

  test("after a rollback it is not live", () => {
    expect(locate(ran([OLD, 1], [LIVE, 20]), has(LIVE))).toMatchObject({ state: "rolled-back", sha: LIVE });
  });

  test("after a rollback and a return counting begins at the return", () => {
    const production = ran([LIVE, 1], [OLD, 5], [LIVE, 20]);
    expect(locate(production, has(LIVE), NOW - 20 * HOUR)).toMatchObject({ since: NOW - HOUR });
  });

  test("the anchor of an earlier run holds when the list no longer reaches back to it", () => {
    const production = ran([NEWER, 2], [LIVE, 10]);
    const known = NOW - 40 * HOUR;
    expect(locate(production, has(LIVE, NEWER), known)).toMatchObject({ since: known });
  });

  test("where the source does not tell since when, counting begins now, or at the anchor of an earlier run", () => {
    const known = NOW - 3 * HOUR;
    expect(locate(ran([LIVE, null]), has(LIVE))).toMatchObject({ since: NOW });
    expect(locate(ran([LIVE, null]), has(LIVE), known)).toMatchObject({ since: known });
  });

  test.each(["pending", "staged", "failed"] as const)(
    "a deployment of it that is %s is told as such",
    (state) => {
      const waiting = [{ sha: LIVE, state, at: NOW - HOUR, detail: "told so" }];
      expect(locate({ ...ran([OLD, 70]), waiting }, has(LIVE))).toEqual({
        state,
        sha: LIVE,
        detail: "told so",
      });
    },
  );

  test("a newer attempt to deploy it hides an older failure", () => {
    const waiting = [
      { sha: NEWER, state: "pending", at: NOW - HOUR, detail: "building" } as const,
      { sha: LIVE, state: "failed", at: NOW - 2 * HOUR, detail: "failed" } as const,
    ];
    expect(locate({ ...ran([OLD, 70]), waiting }, has(LIVE, NEWER)).state).toBe("pending");
  });

  describe("a build that was canceled", () => {
    const canceled = { sha: LIVE, state: "canceled", at: NOW - HOUR, detail: "ignored" } as const;
    const failed = { sha: NEWER, state: "failed", at: NOW - 2 * HOUR, detail: "failed" } as const;

    test("is waited for, as the next one brings the fix", () => {
      const production = { ...ran([OLD, 70]), waiting: [canceled] };
      expect(locate(production, has(LIVE))).toEqual({ state: "absent", sha: LIVE, detail: "ignored" });
    });

    test("does not hide one that failed", () => {
      const production = { ...ran([OLD, 70]), waiting: [canceled, failed] };
      expect(locate(production, has(LIVE, NEWER))).toMatchObject({ state: "failed", sha: NEWER });
    });

    test("keeps none that failed from being looked at, however many there are", () => {
      const many = Array.from({ length: 12 }, (_, index) => ({ ...canceled, sha: `${index}`.repeat(40) }));
      const heads = containmentsFor(fix, { ...ran([OLD, 70]), waiting: [...many, failed] });
      expect(heads).toContainEqual({ fix: FIX, head: NEWER, pull: 40 });
    });
  });

  test("what cannot be told is unknown, with a remedy", () => {
    expect(locate(undefined, has())).toMatchObject({
      state: "unknown",
      detail: expect.stringContaining("Nothing says"),
    });
    expect(locate(ran([null, 2]), has())).toMatchObject({
      state: "unknown",
      detail: expect.stringContaining("deployed-sha"),
    });
    expect(locate(ran([LIVE, 2]), () => undefined).state).toBe("unknown");
  });
});

describe("the first deployment after acceptance", () => {
  const after: Fix = { kind: "deployment", after: NOW - 10 * HOUR };

  test("is the oldest of those after it, also a rollback", () => {
    const production = ran([NEWER, 1], [OLD, 5], [LIVE, 20]);
    expect(locateFix(after, production, has(), null, NOW)).toMatchObject({
      sha: OLD,
      since: NOW - 5 * HOUR,
    });
  });

  test("is absent while nothing was deployed", () => {
    expect(locateFix(after, ran([LIVE, 20]), has(), null, NOW).state).toBe("absent");
  });
});

describe("what has to be known of commits", () => {
  test("is asked for the live deployment and for those since the merge, once each", () => {
    const production = { ...ran([NEWER, 1], [LIVE, 5], [NEWER, 6], [OLD, 70]), waiting: [] };
    expect(containmentsFor(fix, production)).toEqual([
      { fix: FIX, head: NEWER, pull: 40 },
      { fix: FIX, head: LIVE, pull: 40 },
    ]);
  });

  test("is nothing where no fix is known", () => {
    expect(containmentsFor({ kind: "deployment", after: NOW }, ran([LIVE, 5]))).toEqual([]);
  });
});
