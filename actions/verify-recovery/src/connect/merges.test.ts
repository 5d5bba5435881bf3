import { openGitHub, type PullReference, type RecentMerge } from "@patchpilot/github";
import { unpaced } from "@patchpilot/http";
import type { Ledger } from "@patchpilot/ledger";
import { describe, expect, test } from "vitest";
import { anIncident, hoursLater } from "../testing/incidents.ts";
import { readMerges } from "./merges.ts";

const pull = (number: number, more: Partial<PullReference> = {}): PullReference => ({
  id: `PR_${number}`,
  number,
  isDraft: false,
  repository: "acme/shop",
  branch: `branch-${number}`,
  isFork: false,
  mergedAt: hoursLater(number),
  mergeCommit: `c${number}`,
  closes: false,
  ...more,
});
const attempt = (number: number, more: Partial<PullReference> = {}) =>
  pull(number, { branch: "patchpilot/12-a1", ...more });

/** The merge that is found, and how many questions it took; `answer` is what GitHub says of a repository. */
async function find(
  references: readonly PullReference[],
  more: {
    recent?: RecentMerge[];
    answer?: object;
    home?: string;
    incident?: ReturnType<typeof anIncident>;
  } = {},
) {
  const { recent = [], answer = {}, home = "acme/shop", incident = anIncident() } = more;
  let asked = 0;
  const github = openGitHub(
    {
      token: "t",
      apiUrl: "https://api.github.com",
      graphqlUrl: "https://api.github.com/graphql",
      secrets: {},
    },
    {
      fetch: async () => {
        asked += 1;
        return Response.json({ data: { repository: answer } });
      },
      pacing: unpaced,
    },
  );
  const ledger = {
    repository: { databaseId: 7 },
    pullReferences: new Map([[12, references]]),
    recentMerges: recent,
  } as unknown as Ledger;
  const merges = await readMerges([incident], ledger, { github, name: "acme/shop", home });
  return { merge: merges.get(12), asked };
}

describe("the merged fix of an incident", () => {
  test("is an attempt's pull request, known by its branch, without a further question", async () => {
    const { merge, asked } = await find([attempt(2)]);
    expect(merge).toEqual({ commit: "c2", at: Date.parse(hoursLater(2)), attempt: 1, pullRequest: 2 });
    expect(asked).toBe(0);
  });

  test.each([
    ["a fork that bears the name of an attempt's branch", attempt(2, { isFork: true })],
    ["an attempt of another issue", pull(2, { branch: "patchpilot/13-a1" })],
    ["one that is not merged", attempt(2, { mergedAt: null, mergeCommit: null })],
    ["one of another repository", attempt(2, { repository: "acme/docs" })],
    ["one that was merged before the acceptance", attempt(2, { mergedAt: hoursLater(-1) })],
  ])("is not %s", async (_, reference) => {
    expect((await find([reference])).merge).toBeUndefined();
  });

  test("is a person's that closes the issue", async () => {
    expect((await find([pull(2, { closes: true })])).merge).toMatchObject({ attempt: null, pullRequest: 2 });
  });

  test("is a person's that says so, which is read where it is not known", async () => {
    const says = { p2: { title: "Fix the total", body: "Refs #12" } };
    expect(await find([pull(2)], { answer: says })).toMatchObject({ merge: { attempt: null }, asked: 1 });
    const recent = [{ ...pull(2), text: "Fix the total\nRefs #12" }];
    expect(await find([pull(2)], { recent })).toMatchObject({ merge: { attempt: null }, asked: 0 });
    const silent = { p2: { title: "Fix the footer", body: "Unlike #12" } };
    expect((await find([pull(2)], { answer: silent })).merge).toBeUndefined();
  });

  test("is not what reverts it and names the issue; what reverts that brings it back", async () => {
    const says = (number: number, text: string): RecentMerge => ({ ...pull(number), text });
    const undo = says(3, "Undo\nReverts acme/shop#2\nRefs #12: it broke the till");
    const redo = says(4, "Redo\nReverts acme/shop#3\nRefs #12");
    const undone = await find([attempt(2), pull(3)], { recent: [undo] });
    expect(undone.merge).toMatchObject({ pullRequest: 2 });
    const redone = await find([attempt(2), pull(3), pull(4)], { recent: [undo, redo] });
    expect(redone.merge).toMatchObject({ pullRequest: 4, attempt: null });
  });

  test("may be what reverts the change that broke it", async () => {
    const recent = [{ ...pull(3), text: "Undo\nReverts acme/shop#1\nFixes #12" }];
    expect((await find([pull(3)], { recent })).merge).toMatchObject({ pullRequest: 3 });
  });

  test("is the newest of several", async () => {
    const { merge } = await find([attempt(2), pull(5, { closes: true }), attempt(3)]);
    expect(merge?.pullRequest).toBe(5);
  });

  test("is looked for by branch where the code is in another repository", async () => {
    const attempts = [{ attempt: 1, episode: 1, phase: "proposed", phaseAt: hoursLater(1), pullRequest: 7 }];
    const node = {
      number: 7,
      url: "",
      state: "MERGED",
      isDraft: false,
      isCrossRepository: false,
      headRefName: "patchpilot/7-12-a1",
      headRefOid: "a7",
      latestOpinionatedReviews: null,
      mergedAt: hoursLater(3),
      mergeCommit: { oid: "c7" },
    };
    const found = await find([], {
      home: "acme/ops",
      incident: anIncident({ attempts }),
      answer: { p0: { nodes: [node] } },
    });
    expect(found).toMatchObject({ merge: { commit: "c7", attempt: 1, pullRequest: 7 }, asked: 1 });
  });
});
