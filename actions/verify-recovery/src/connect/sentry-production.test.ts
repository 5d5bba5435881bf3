import type { Sentry, SentryRelease } from "@patchpilot/sentry";
import { BUCKET } from "@patchpilot/verdict";
import { describe, expect, test } from "vitest";
import type { ExposureHistory } from "../questions/sources.ts";
import { fromReleases, listOfProjects } from "./sentry-production.ts";

const iso = (bucket: number): string => new Date(bucket * BUCKET).toISOString();
const release = (version: string, more: Partial<SentryRelease> = {}): SentryRelease => ({
  version,
  projects: ["shop"],
  platforms: [],
  dateCreated: iso(0),
  dateReleased: null,
  firstEvent: null,
  commit: `${version}-sha`,
  lastDeploy: null,
  ...more,
});
const traffic = (counts: Readonly<Record<string, number[]>>): ExposureHistory => ({
  from: 0,
  releases: Object.entries(counts).map(([name, row]) => ({ release: name, counts: row })),
  other: [],
  sampleRates: [],
  byRelease: true,
});
const placed = (releases: SentryRelease[], exposure: ExposureHistory[]) =>
  fromReleases(releases, exposure, "production").history.map(({ sha, from }) => [sha, (from ?? 0) / BUCKET]);

describe("releases in Sentry", () => {
  test("of other apps of the organization are not asked for, and the others once", async () => {
    const asked: unknown[] = [];
    const listReleases = async (search: unknown) => {
      asked.push(search);
      return { rows: [release("a", { firstEvent: iso(3) })], truncated: false };
    };
    const sentry = {
      ask: () => ({ listReleases }) as unknown as Sentry,
      environment: "production",
      projects: () => ["42"],
    };
    const list = listOfProjects(sentry);
    await list();
    await list();
    expect(asked).toEqual([{ projects: ["42"] }]);
  });

  test("are live from the first traffic that names them", () => {
    const exposure = traffic({ a: [5, 5, 1, 0], b: [0, 0, 4, 5] });
    expect(placed([release("a"), release("b"), release("c")], [exposure])).toEqual([
      ["b-sha", 2],
      ["a-sha", 0],
    ]);
  });

  test("are live from their deploy where Sentry is told of deploys, also when an older one is back", () => {
    const deployed = (bucket: number) => ({
      lastDeploy: { environment: "production", dateFinished: iso(bucket) },
    });
    const releases = [release("a", deployed(9)), release("b", deployed(4)), release("c")];
    expect(placed(releases, [traffic({ c: [9, 9] })])).toEqual([
      ["a-sha", 9],
      ["b-sha", 4],
    ]);
  });

  test("of another environment are none of ours", () => {
    const staging = { lastDeploy: { environment: "staging", dateFinished: iso(4) } };
    expect(placed([release("a", staging)], [traffic({ b: [1] })])).toEqual([]);
  });

  test("are live from their first error where no traffic is counted", () => {
    expect(placed([release("a", { firstEvent: iso(3) })], [])).toEqual([["a-sha", 3]]);
    expect(placed([release("a", { firstEvent: iso(3) })], [traffic({ b: [1] })])).toEqual([]);
  });
});
