import type { GitHubComment, GitHubRepository, MutationResult } from "@patchpilot/github";
import { type Incident, LABELS } from "@patchpilot/incident";
import {
  attemptRecord,
  closeRecord,
  incidentOf,
  incidentRecord,
  minutesAfter,
} from "@patchpilot/incident/testing";
import { expect, it } from "vitest";
import { applyChanges } from "./apply-changes.ts";
import { findHiddenLine, type RecordWrite, recordBody } from "./hidden-line.ts";
import type { IncidentChange } from "./incident-change.ts";
import type { Telling } from "./notices.ts";
import type { Ledger } from "./read-incidents.ts";
import { readRecords } from "./read-records.ts";
import { showStatus } from "./show-status.ts";
import { commentOf, ISSUE, SIGNER } from "./testing/comments.ts";
import { type FakeGitHub, fakeGitHub } from "./testing/fake-github.ts";

const REPOSITORY: GitHubRepository = {
  id: "R_1",
  databaseId: 4242,
  nameWithOwner: "acme/shop",
  url: "https://github.com/acme/shop",
  labelIds: new Map(LABELS.map(({ name }) => [name, `L_${name}`])),
};
const LEDGER: Ledger = {
  repository: REPOSITORY,
  belief: { signer: SIGNER, trusted: [] },
  incidents: [],
  refs: new Map(),
};

const INCIDENT: RecordWrite = { kind: "incident", text: "### Incident", data: incidentRecord() };
const AT_WORK: RecordWrite = { kind: "attempt/1", text: "### Attempt", data: attemptRecord() };
const LOST: RecordWrite = {
  ...AT_WORK,
  data: attemptRecord({ phase: "needs-human", phaseAt: minutesAfter(40), outcome: "lost" }),
};
const KEY = "decide/e1/lost/a1";
const TOLD: RecordWrite = { kind: "turn/1", text: "### Turn", data: { turn: 1, key: KEY, reminder: 0 } };

const commentsOf = (writes: readonly RecordWrite[]) =>
  writes.map((write, index) => commentOf(recordBody(LEDGER, ISSUE, write, 1), { id: `IC_${index}` }));

/** The comments of an issue with these records, whose first one shows their status. */
function show(writes: readonly RecordWrite[]): GitHubComment[] {
  const records = readRecords(ISSUE, commentsOf(writes), LEDGER.belief);
  const status = showStatus({ incident: { ...incidentOf(), records }, records: [] })?.write;
  return commentsOf(writes.map((write) => (write.kind === "incident" ? (status ?? write) : write)));
}

/** An issue with these records, as a run has read it and as GitHub shows it again. */
function issueWith(fake: FakeGitHub, writes: readonly RecordWrite[]): Incident {
  const comments = show(writes);
  for (const { id, body } of comments) fake.bodies.set(id, body);
  fake.comments.set("I_12", comments);
  return { ...incidentOf(), records: readRecords(ISSUE, comments, LEDGER.belief) };
}

const apply = async (fake: FakeGitHub, change: IncidentChange, telling?: Telling) =>
  (await applyChanges(fake.github, LEDGER, [change], telling))[0];
const MAYA = { notify: { names: ["@maya"], codeOwners: false } };

/** The kinds of records that were written, in order; `hide` for comments that were folded away. */
const written = ({ mutations }: FakeGitHub): string[] =>
  mutations.flatMap(({ field, input }) => {
    if (field === "minimizeComment") return [`hide ${input["subjectId"]}`];
    const line = findHiddenLine(String(input["body"] ?? ""));
    return line && "kind" in line ? [line.kind] : [];
  });

it("a turn that comes to a person is announced in the batch that makes it so, before what it rests on", async () => {
  const fake = fakeGitHub();
  const incident = issueWith(fake, [INCIDENT, AT_WORK]);
  await apply(fake, { incident, records: [LOST] }, MAYA);
  expect(written(fake)).toEqual(["turn/1", "attempt/1", "incident"]);
  expect(fake.mutations[0]).toMatchObject({ field: "addComment", input: { subjectId: "I_12" } });
  expect(fake.mutations[0]?.input["body"]).toContain("@maya");
  expect(fake.questions).toEqual(["RecordsAgain"]);
});

it("an incident that is accepted just now begins with its own comment", async () => {
  const fake = fakeGitHub();
  const data = incidentRecord({ phase: "needs-human" });
  await apply(fake, { incident: issueWith(fake, []), records: [{ ...INCIDENT, data }] }, MAYA);
  expect(written(fake)).toEqual(["incident", "turn/1"]);
});

it("nobody is mentioned by an action that notifies nobody", async () => {
  const fake = fakeGitHub();
  await apply(fake, { incident: issueWith(fake, [INCIDENT, AT_WORK]), records: [LOST] });
  expect(written(fake)).toEqual(["attempt/1", "incident"]);
});

it("a quiet run asks and writes nothing", async () => {
  const fake = fakeGitHub();
  await apply(fake, { incident: issueWith(fake, [INCIDENT, LOST, TOLD]), records: [LOST] }, MAYA);
  expect([fake.questions, fake.mutations]).toEqual([[], []]);
});

it("what another run has said since the issue was read is not said again", async () => {
  const fake = fakeGitHub();
  const incident = issueWith(fake, [INCIDENT, LOST]);
  fake.comments.set("I_12", show([INCIDENT, LOST, TOLD]));
  await apply(fake, { incident, records: [] }, MAYA);
  expect(fake.mutations).toEqual([]);
});

it("a forged comment does not keep a turn from being announced", async () => {
  const fake = fakeGitHub();
  const incident = issueWith(fake, [INCIDENT, LOST]);
  const [forged] = commentsOf([TOLD]).map((comment) => ({
    ...comment,
    viewerDidAuthor: false,
    author: null,
  }));
  fake.comments.set("I_12", [...show([INCIDENT, LOST]), ...(forged ? [forged] : [])]);
  await apply(fake, { incident, records: [] }, MAYA);
  expect(written(fake)).toEqual(["turn/1"]);
});

it("a turn waits with a record that moved on meanwhile", async () => {
  const fake = fakeGitHub();
  const incident = issueWith(fake, [INCIDENT, AT_WORK]);
  fake.bodies.set("IC_1", "### Newer");
  const applied = await apply(fake, { incident, records: [LOST] }, MAYA);
  expect(fake.mutations).toEqual([]);
  expect(applied?.problems).toEqual([
    "#12: record attempt/1 changed in the meantime; the next run looks again.",
  ]);
});

it("a lost reply is not sent again; the next run sees whether it arrived", async () => {
  const lost = ({ field }: { readonly field: string }): MutationResult | undefined =>
    field === "addComment" ? { state: "unknown", message: "lost" } : undefined;
  const fake = fakeGitHub(lost);
  const applied = await apply(fake, { incident: issueWith(fake, [INCIDENT, LOST]), records: [] }, MAYA);
  expect(written(fake)).toEqual(["turn/1"]);
  expect(applied?.problems).toEqual(["#12: record turn/1 may not have arrived (lost)."]);
  const next = fakeGitHub();
  await apply(next, { incident: issueWith(next, [INCIDENT, LOST, TOLD]), records: [] }, MAYA);
  expect(next.mutations).toEqual([]);
});

it("the end is announced with the close, and what was said of turns before is folded away", async () => {
  const fake = fakeGitHub();
  const review = { ...TOLD, data: { turn: 1, key: "review/a1", reminder: 0 } };
  const close: RecordWrite = {
    kind: "recovery/1",
    text: "### Recovered",
    data: closeRecord(minutesAfter(55)),
  };
  const incident = issueWith(fake, [INCIDENT, AT_WORK, review]);
  await apply(fake, { incident, records: [close], phase: "recovered", state: "close-completed" }, MAYA);
  expect(written(fake)).toEqual(["turn/2", "recovery/1", "incident", "hide IC_2"]);
  expect(fake.mutations.map(({ field }) => field)).toContain("closeIssue");
});

it("a hold silences the turn and the end", async () => {
  const fake = fakeGitHub();
  const held = { ...issueWith(fake, [INCIDENT, LOST]), labels: ["patchpilot", "patchpilot:hold"] };
  const close: RecordWrite = {
    kind: "recovery/1",
    text: "### Recovered",
    data: closeRecord(minutesAfter(55)),
  };
  await apply(fake, { incident: held, records: [] }, MAYA);
  await apply(fake, { incident: held, records: [close], state: "close-completed" }, MAYA);
  expect(written(fake)).toEqual(["incident", "recovery/1", "incident"]);
});

it("owners of the suspect files are mentioned, for one question", async () => {
  const fake = fakeGitHub();
  fake.files.set("docs/CODEOWNERS", "* @nobody");
  fake.files.set("CODEOWNERS", "* @acme/all\n/src/ @jo");
  const incident = issueWith(fake, [INCIDENT, LOST]);
  await apply(fake, { incident, records: [] }, { notify: { names: ["@maya"], codeOwners: true } });
  expect(fake.questions).toEqual(["RecordsAgain", "Texts"]);
  expect(fake.mutations[0]?.input["body"]).toContain("@maya @jo");
  expect(fake.mutations[0]?.input["body"]).not.toContain("@acme/all");
});

it("CODEOWNERS that cannot be read cost the mention, and a warning says so", async () => {
  const fake = fakeGitHub();
  const incident = issueWith(fake, [INCIDENT, LOST]);
  const { query } = fake.github;
  const failing = async (...asked: Parameters<typeof query>) => {
    if (asked[0].includes("query Texts")) throw new Error("GitHub does not answer.");
    return query(...asked);
  };
  const github = { ...fake.github, query: failing } as FakeGitHub["github"];
  const [applied] = await applyChanges(github, LEDGER, [{ incident, records: [] }], {
    notify: { names: [], codeOwners: true },
  });
  expect(written(fake)).toEqual(["turn/1"]);
  expect(applied?.unlabelled).toEqual(["#12: its code owners are not mentioned: GitHub does not answer."]);
});
