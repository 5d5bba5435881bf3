import type { MutationResult } from "@patchpilot/github";
import type { Incident, IssueFacts } from "@patchpilot/incident";
import { incidentOf, incidentRecord, recoveryRecord } from "@patchpilot/incident/testing";
import { DAY, MINUTE } from "@patchpilot/time";
import { describe, expect, it } from "vitest";
import { type FakeGitHub, fakeGitHub } from "./testing/fake-github.ts";
import { changeWatched, readWatchIndex, type WatchIndex, watchRefs, writeWatchIndex } from "./watch-index.ts";

const REPOSITORY = { owner: "acme", repo: "shop", nodeId: "R_1" };
const NOW = Date.parse("2026-11-21T09:00:00Z");
const daysAgo = (days: number): string => new Date(NOW - days * DAY).toISOString();

/** An incident that was closed as recovered so many days ago. */
function closed(
  number: number,
  days = 3,
  issue: Partial<IssueFacts> = {},
  sentryId = `90${number}`,
): Incident {
  const sentry = { organization: "acme", shortId: `SHOP-${number}`, issueId: sentryId, projectId: "42" };
  const at = daysAgo(days);
  return incidentOf(
    {
      incident: incidentRecord({ sentry, phaseAt: daysAgo(100), acceptedAt: daysAgo(100) }),
      recoveries: [recoveryRecord({ phase: "recovered", phaseAt: at, decision: "close", closedAt: at })],
    },
    { number, open: false, closedAt: at, ...issue },
  );
}

function read({ refs, commits }: FakeGitHub, now = NOW): WatchIndex {
  const states = watchRefs(now).map((name) => {
    const oid = refs.get(name);
    return [name, oid && { name, oid, message: commits.get(oid)?.message ?? "" }] as const;
  });
  return readWatchIndex(new Map(states.map(([name, state]) => [name, state || undefined])), now);
}

const keep = (fake: FakeGitHub, index: WatchIndex, incidents: readonly Incident[], missing?: number[]) =>
  writeWatchIndex(fake.github, REPOSITORY, index, changeWatched(index, { incidents, missing }, NOW));

const numbersIn = ({ entries }: WatchIndex) => entries.map(({ issue }) => issue).sort((a, b) => a - b);

describe("the index of watched incidents", () => {
  it("names what was read, with what Sentry is asked by", async () => {
    const fake = fakeGitHub();
    await keep(fake, read(fake), [closed(12), closed(13, 60)]);
    expect(read(fake).entries.find(({ issue }) => issue === 12)).toEqual({
      issue: 12,
      sentryId: "9012",
      projectId: "42",
      closedAt: Date.parse(daysAgo(3)),
    });
    expect(numbersIn(read(fake))).toEqual([12, 13]);
  });

  it("is not written where nothing changed", async () => {
    const fake = fakeGitHub();
    await keep(fake, read(fake), [closed(12)]);
    const { size } = fake.commits;
    await keep(fake, read(fake), [closed(12)]);
    expect(fake.commits.size).toBe(size);
  });

  it("keeps what was not read, and loses what is watched no longer", async () => {
    const fake = fakeGitHub();
    await keep(fake, read(fake), [closed(12), closed(13), closed(14)]);
    await keep(fake, read(fake), [closed(13, 3, { open: true, closedAt: null, reopenedAt: daysAgo(1) })]);
    expect(numbersIn(read(fake))).toEqual([12, 14]);
  });

  it("loses what was deleted or moved to another repository", async () => {
    const fake = fakeGitHub();
    await keep(fake, read(fake), [closed(12), closed(13, 60)]);
    await keep(fake, read(fake), [], [13, 99]);
    expect(numbersIn(read(fake))).toEqual([12]);
  });

  it.each([
    ["was closed 91 days ago", closed(12, 91)],
    ["was closed by a person", incidentOf({}, { open: false, closedAt: daysAgo(1) })],
    ["has no number in Sentry", closed(12, 3, {}, "SHOP-12")],
  ])("leaves out what %s", async (_, incident) => {
    const fake = fakeGitHub();
    await keep(fake, read(fake), [incident]);
    expect(fake.commits.size).toBe(0);
  });

  it("forgets a close when its watch is over", async () => {
    const fake = fakeGitHub();
    await keep(fake, read(fake), [closed(12)]);
    expect(numbersIn(read(fake, NOW + 86 * DAY))).toEqual([12]);
    expect(numbersIn(read(fake, NOW + 88 * DAY))).toEqual([]);
  });

  it("stands as the first of two runs wrote it, and the second brings its own at the next read", async () => {
    const fake = fakeGitHub();
    const seen = read(fake);
    await keep(fake, seen, [closed(12)]);
    expect(await keep(fake, seen, [closed(13)])).toBeUndefined();
    expect(numbersIn(read(fake))).toEqual([12]);
    await keep(fake, read(fake), [closed(13)]);
    expect(numbersIn(read(fake))).toEqual([12, 13]);
  });

  it.each([
    ["no JSON", () => "hello"],
    ["other facts", () => `x\n\n${JSON.stringify({ claims: {} })}`],
    [
      "entries that are none, or of another week",
      (name: string) =>
        `x\n\n${JSON.stringify({ watched: { [name]: [7, ["12"], [12, "a", null, 1], [12, "9", null, 1]] } })}`,
    ],
    [
      "numbers that no issue has",
      (name: string) => {
        const minutes = Date.parse(name.slice(-10)) / MINUTE;
        const entries = [-5, 0, 3_000_000_000].map((issue) => [issue, "9012", "42", minutes]);
        return `x\n\n${JSON.stringify({ watched: { [name]: entries } })}`;
      },
    ],
  ])("is empty where a ref holds %s, and is rebuilt", async (_, messageFor) => {
    const fake = fakeGitHub();
    for (const name of watchRefs(NOW)) fake.put(name, messageFor(name));
    expect(read(fake).entries).toEqual([]);
    await keep(fake, read(fake), [closed(12)]);
    expect(numbersIn(read(fake))).toEqual([12]);
  });

  it("says why GitHub refuses to write it", async () => {
    const no: MutationResult = { state: "refused", message: "Resource not accessible", type: "FORBIDDEN" };
    const fake = fakeGitHub(() => no);
    expect(await keep(fake, read(fake), [closed(12)])).toBe("Resource not accessible");
  });
});
