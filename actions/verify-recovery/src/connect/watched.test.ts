import type { GitHub } from "@patchpilot/github";
import { HttpFailure } from "@patchpilot/http";
import { incidentOf, incidentRecord, recoveryRecord } from "@patchpilot/incident/testing";
import type { Ledger, WatchedEntry } from "@patchpilot/ledger";
import { HOUR, MINUTE } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { NOW } from "../testing/world.ts";
import type { SentryAccess } from "./sentry.ts";
import { findSuspects, keepIndex } from "./watched.ts";

const entry = (issue: number, more: Partial<WatchedEntry> = {}): WatchedEntry => ({
  issue,
  sentryId: `90${issue}`,
  projectId: "42",
  closedAt: NOW - 9 * HOUR,
  ...more,
});

/** A Sentry that has seen these lately, and what it was asked. */
function openSentry(seen: readonly { readonly id: string; readonly hoursAgo: number }[] | HttpFailure) {
  const asked: object[] = [];
  const listIssues = async (search: object) => {
    asked.push(search);
    if (seen instanceof HttpFailure) throw seen;
    return {
      rows: seen.map(({ id, hoursAgo }) => ({ id, lastSeen: new Date(NOW - hoursAgo * HOUR).toISOString() })),
    };
  };
  const access = { ask: () => ({ listIssues }), environment: "production" } as unknown as SentryAccess;
  return {
    asked,
    find: (...entries: WatchedEntry[]) => findSuspects({ entries, oids: new Map() }, access, NOW),
  };
}

describe("watched incidents that Sentry has seen lately", () => {
  test("are found by one question, however many are watched", async () => {
    const { asked, find } = openSentry([
      { id: "9013", hoursAgo: 1 },
      { id: "77", hoursAgo: 1 },
    ]);
    const all = Array.from({ length: 1_000 }, (_, index) => entry(index));
    expect(await find(...all)).toEqual({ numbers: [13] });
    expect(asked).toMatchObject([{ environment: "production", projects: ["42"], maxPages: 2 }]);
  });

  test("are none where it was seen before its close", async () => {
    const { find } = openSentry([{ id: "9013", hoursAgo: 1 }]);
    expect(await find(entry(13, { closedAt: NOW - 30 * MINUTE }))).toEqual({ numbers: [] });
  });

  test("are at most fifty, the newest first", async () => {
    const { find } = openSentry(
      Array.from({ length: 60 }, (_, index) => ({ id: `90${index}`, hoursAgo: 1 })),
    );
    const { numbers } = await find(...Array.from({ length: 60 }, (_, index) => entry(index)));
    expect([numbers.length, numbers[0]]).toEqual([50, 0]);
  });

  test("are asked for in all projects where that of one is not known", async () => {
    const { asked, find } = openSentry([]);
    await find(entry(12), entry(13, { projectId: null }));
    expect(asked[0]).not.toHaveProperty("projects");
  });

  test("are not asked for where nothing is watched", async () => {
    const { asked, find } = openSentry([]);
    await find();
    expect(asked).toEqual([]);
  });

  test("are not known, and the reason is given, where Sentry does not answer", async () => {
    const down = new HttpFailure({
      kind: "server",
      provider: "Sentry",
      asked: "GET",
      happened: "is down",
    });
    const { trouble } = await openSentry(down).find(entry(12));
    expect(trouble).toMatch(/^Whether closed incidents are back is not known: Sentry/);
  });
});

describe("the index of watched incidents", () => {
  const at = new Date(NOW - HOUR).toISOString();
  const closed = incidentOf(
    {
      incident: incidentRecord({
        phaseAt: new Date(NOW - 9 * HOUR).toISOString(),
        sentry: { organization: "acme", shortId: "SHOP-12", issueId: "9012" },
      }),
      recoveries: [recoveryRecord({ phase: "recovered", phaseAt: at, closedAt: at })],
    },
    { open: false, closedAt: at },
  );
  const ledger = (watched: Ledger["watched"]) =>
    ({ incidents: [closed], repository: { id: "R_1" }, watched }) as unknown as Ledger;

  test("that may not be written is named, with the right that it needs and what happens without it", async () => {
    const head = { name: "main", target: { oid: "c1", tree: { oid: "t1" } } };
    const forbidden = new HttpFailure({
      kind: "forbidden",
      provider: "GitHub",
      asked: "POST …/git/commits",
      happened: "refuses",
    });
    const github = {
      query: async () => ({ repository: { defaultBranchRef: head } }),
      request: () => Promise.reject(forbidden),
    } as unknown as GitHub;
    const [said] = await keepIndex(github, "acme/shop", ledger({ entries: [], oids: new Map() }), NOW);
    expect(said).toMatch(/GitHub refuses.*`contents: write`.*looks at 50 closed incidents in turn/);
  });

  test("is not kept where a run reads all that is watched", async () => {
    expect(await keepIndex({} as GitHub, "acme/shop", ledger(undefined), NOW)).toEqual([]);
  });
});
