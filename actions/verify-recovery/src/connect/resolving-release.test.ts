import type { SentryRelease } from "@patchpilot/sentry";
import { HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import type { VerifyFacts } from "../facts.ts";
import { FIX, LIVE, NOW, OLD, someFacts } from "../testing/world.ts";
import { findFixingRelease, headsToAsk } from "./resolving-release.ts";

const hoursAgo = (hours: number): string => new Date(NOW - hours * HOUR).toISOString();

const release = (version: string, hours: number, more: Partial<SentryRelease> = {}): SentryRelease => ({
  version,
  projects: ["shop"],
  platforms: [],
  dateCreated: hoursAgo(hours),
  dateReleased: null,
  firstEvent: null,
  commit: null,
  lastDeploy: null,
  ...more,
});

const LIVE_SINCE: Partial<VerifyFacts> = {
  deployment: { state: "live", source: "vercel", sha: LIVE, since: NOW - 10 * HOUR },
};
/** Merged a day ago, live for ten hours. */
const MERGED = someFacts(LIVE_SINCE);
const UNKNOWN_FIX = someFacts({ ...LIVE_SINCE, fix: { kind: "deployment", after: NOW - 20 * HOUR } });
const holdsLive = (_: string, head: string) => head === LIVE;

describe("the release to resolve in", () => {
  test("is the oldest whose commit holds the fix, however the list is ordered", () => {
    const releases = [
      release("c", 2, { commit: LIVE }),
      release("a", 30, { commit: OLD }),
      release("b", 9, { commit: LIVE }),
    ];
    expect(findFixingRelease(MERGED, releases, holdsLive)).toBe("b");
  });

  test("is ordered by when it was released, where Sentry knows that", () => {
    const late = release("late", 9, { commit: LIVE, dateReleased: hoursAgo(1) });
    expect(findFixingRelease(MERGED, [late, release("b", 5, { commit: LIVE })], holdsLive)).toBe("b");
  });

  test("is placed by its date where its commit is not known", () => {
    expect(findFixingRelease(MERGED, [release("new", 9), release("old", 30)], () => undefined)).toBe("new");
  });

  test("is none where no release is as young as the deployment, or no commit is known to hold the fix", () => {
    expect(findFixingRelease(MERGED, [release("old", 30)], () => undefined)).toBeUndefined();
    expect(findFixingRelease(MERGED, [release("b", 5, { commit: OLD })], () => undefined)).toBeUndefined();
    expect(findFixingRelease(MERGED, [], () => true)).toBeUndefined();
  });

  test("is the deployed one where nobody named a fix, an old one after a rollback", () => {
    const releases = [release("new", 9, { commit: OLD }), release("back", 90, { commit: LIVE })];
    expect(findFixingRelease(UNKNOWN_FIX, releases, () => undefined)).toBe("back");
  });
});

test("only commits of releases since the merge are asked about, the oldest first and ten at most", () => {
  const many = Array.from({ length: 14 }, (_, index) => release(`r${index}`, index, { commit: `${index}` }));
  const heads = headsToAsk(MERGED, [...many, release("old", 30, { commit: OLD })]).map(({ head }) => head);
  expect(heads).toEqual(["13", "12", "11", "10", "9", "8", "7", "6", "5", "4"]);
  expect(headsToAsk(MERGED, many)[0]?.fix).toBe(FIX);
  expect(headsToAsk(UNKNOWN_FIX, many)).toEqual([]);
});
