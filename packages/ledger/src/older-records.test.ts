import type { ClaimFact } from "@patchpilot/incident";
import { attemptRecord, incidentOf, incidentRecord } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import { applyChanges } from "./apply-changes.ts";
import { claimRef } from "./fact-commits.ts";
import { findHiddenLine, type RecordWrite, recordBody } from "./hidden-line.ts";
import type { IncidentChange } from "./incident-change.ts";
import type { Ledger } from "./read-incidents.ts";
import { readRecords } from "./read-records.ts";
import { commentOf, ISSUE, SIGNER } from "./testing/comments.ts";
import { type FakeGitHub, fakeGitHub } from "./testing/fake-github.ts";

const LEDGER: Ledger = {
  repository: {
    ...{ id: "R_1", databaseId: 4242, nameWithOwner: "acme/shop", url: "https://github.com/acme/shop" },
    labelIds: new Map(),
  },
  belief: { signer: SIGNER, trusted: [] },
  incidents: [],
  refs: new Map(),
};
const INCIDENT: RecordWrite = { kind: "incident", text: "### Incident", data: incidentRecord() };
const ATTEMPT: RecordWrite = { kind: "attempt/1", text: "### Attempt", data: attemptRecord() };
const CHANGED: RecordWrite = { ...ATTEMPT, data: attemptRecord({ phase: "proposed" }) };

/** An issue that shows these records, each as it was written for the third time. */
function issueWith(fake: FakeGitHub, writes: readonly RecordWrite[]) {
  const comments = writes.map((write, at) => {
    const comment = commentOf(recordBody(LEDGER, ISSUE, write, 3), { id: `IC_${at}` });
    fake.bodies.set(comment.id, comment.body);
    return comment;
  });
  return { ...incidentOf(), records: readRecords(ISSUE, comments, LEDGER.belief) };
}

/** The claim of attempt 1 with what it knows of the records. */
const claimKnows = (fake: FakeGitHub, records?: ClaimFact["records"], attempt = 1): string =>
  fake.put(
    claimRef(ISSUE, attempt),
    `Claims\n\n${JSON.stringify({
      v: 1,
      claims: {
        [`${ISSUE}-a${attempt}`]: {
          ...{ state: "done", cause: "acceptance/e1", episode: 1, losses: 0 },
          ...{ confirmedAt: "2026-11-21T09:00:00Z", records },
        },
      },
    })}`,
  );

const apply = async (fake: FakeGitHub, change: IncidentChange) =>
  (await applyChanges(fake.github, LEDGER, [change]))[0];

describe("a change that rests on a record that is older than its claim says", () => {
  it.each<[string, Omit<IncidentChange, "incident">]>([
    ["a record", { records: [CHANGED] }],
    ["labels, with a record", { records: [CHANGED], phase: "proposed" }],
    ["the end", { records: [], state: "close-completed" }],
  ])("writes nothing: %s", async (_, change) => {
    const fake = fakeGitHub();
    const incident = issueWith(fake, [INCIDENT, ATTEMPT]);
    claimKnows(fake, { "attempt/1": 4 });
    expect(await apply(fake, { incident, ...change })).toEqual({
      issue: ISSUE,
      writes: 0,
      problems: [
        "#12: its record attempt/1 is older than its refs say (3 instead of at least 4), so nothing is done. If later runs say so too, someone put an earlier state back: delete that comment, and what is needed of it is written again.",
      ],
      unlabelled: [],
    });
    expect(fake.mutations).toEqual([]);
  });

  it("writes nothing where only a later attempt's claim knows it", async () => {
    const fake = fakeGitHub();
    const incident = issueWith(fake, [INCIDENT, ATTEMPT]);
    for (const attempt of [1, 2, 3, 4, 5]) claimKnows(fake, { incident: 3 }, attempt);
    claimKnows(fake, { incident: 4 }, 6);
    expect(await apply(fake, { incident, records: [CHANGED] })).toMatchObject({ writes: 0 });
  });

  it.each([
    ["knows as much", { incident: 3, "attempt/1": 3 }],
    ["is from before claims knew", undefined],
  ])("is written where the claim %s, in no further request", async (_, known) => {
    const fake = fakeGitHub();
    const incident = issueWith(fake, [INCIDENT, ATTEMPT]);
    claimKnows(fake, known);
    expect(await apply(fake, { incident, records: [CHANGED] })).toMatchObject({ problems: [] });
    expect(fake.questions).toEqual(["RecordsAgain"]);
  });
});

describe("a record that is gone", () => {
  it("is written again, and continues from what the claim knows", async () => {
    const fake = fakeGitHub();
    const incident = issueWith(fake, [INCIDENT]);
    claimKnows(fake, { incident: 3, "attempt/1": 7 });
    await apply(fake, { incident, records: [ATTEMPT] });
    const made = fake.mutations.find(({ field }) => field === "addComment");
    expect(findHiddenLine(String(made?.input["body"]))).toMatchObject({ kind: "attempt/1", seq: 8 });
  });
});

describe("what asks for no claim", () => {
  it("is an issue that is accepted for the first time", async () => {
    const fake = fakeGitHub();
    const incident = incidentOf({ incident: undefined }, { labels: [] });
    await apply(fake, { incident, records: [INCIDENT], phase: "accepted" });
    expect(fake.questions).not.toContain("RecordsAgain");
  });

  it("is a change that is true already", async () => {
    const fake = fakeGitHub();
    claimKnows(fake, { incident: 9 });
    await apply(fake, { incident: incidentOf({ incident: undefined }), records: [] });
    expect([fake.questions, fake.mutations]).toEqual([[], []]);
  });
});
