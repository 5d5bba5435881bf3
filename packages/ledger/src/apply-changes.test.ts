import type { GitHubRepository, MutationResult } from "@patchpilot/github";
import {
  addRecords,
  foldIncident,
  type Incident,
  LABELS,
  NO_RECORDS,
  type RecordKind,
} from "@patchpilot/incident";
import {
  attemptRecord,
  incidentOf,
  incidentRecord,
  issueFacts,
  recordsOf,
} from "@patchpilot/incident/testing";
import { statusText } from "@patchpilot/status";
import { describe, expect, it } from "vitest";
import { applyChanges } from "./apply-changes.ts";
import { findHiddenLine, type RecordWrite, recordBody } from "./hidden-line.ts";
import type { IncidentChange } from "./incident-change.ts";
import type { Ledger } from "./read-incidents.ts";
import { readRecords } from "./read-records.ts";
import { commentOf, ISSUE, SIGNER } from "./testing/comments.ts";
import { type FakeGitHub, fakeGitHub } from "./testing/fake-github.ts";

const repository = (labels: readonly string[] = LABELS.map(({ name }) => name)): GitHubRepository => ({
  id: "R_1",
  databaseId: 4242,
  nameWithOwner: "acme/shop",
  url: "https://github.com/acme/shop",
  labelIds: new Map(labels.map((name) => [name, `L_${name}`])),
});
const ledgerOf = (changes: { labels?: readonly string[]; keys?: readonly string[] } = {}): Ledger => ({
  repository: repository(changes.labels),
  belief: { signer: { ...SIGNER, keys: changes.keys ?? SIGNER.keys }, trusted: [] },
  incidents: [],
  refs: new Map(),
});

const INCIDENT: RecordWrite = { kind: "incident", text: "### Incident", data: incidentRecord() };
const ATTEMPT: RecordWrite = { kind: "attempt/1", text: "### Attempt", data: attemptRecord() };

/** An issue on which these records stand already, as this ledger writes them. */
function issueWith(fake: FakeGitHub, writes: readonly RecordWrite[], ledger = ledgerOf()): Incident {
  const records = writes.map(({ kind, data }) => [kind, { data, seq: 0, commentId: "", body: "" }] as const);
  const shown = foldIncident(issueFacts(), {
    ...recordsOf({ incident: undefined }),
    ...addRecords(NO_RECORDS, records),
  });
  const comments = writes.map((write, index) => {
    const text = write.kind === "incident" ? statusText(shown, write.text) : write.text;
    const comment = commentOf(recordBody(ledger, ISSUE, { ...write, text }, 1), { id: `IC_${index}` });
    fake.bodies.set(comment.id, comment.body);
    return comment;
  });
  return { ...incidentOf(), records: readRecords(ISSUE, comments, ledger.belief) };
}

const fieldsOf = (fake: FakeGitHub): string[] => fake.mutations.map(({ field }) => field);
const apply = async (fake: FakeGitHub, change: IncidentChange, ledger = ledgerOf()) =>
  (await applyChanges(fake.github, ledger, [change]))[0];

describe("a change that is true already", () => {
  it("writes nothing", async () => {
    const fake = fakeGitHub();
    const incident = issueWith(fake, [INCIDENT, ATTEMPT]);
    const change: IncidentChange = {
      incident,
      records: [INCIDENT, ATTEMPT],
      phase: "accepted",
      state: "reopen",
    };
    expect(await apply(fake, change)).toEqual({ issue: ISSUE, writes: 0, problems: [], unlabelled: [] });
    expect(fake.mutations).toEqual([]);
  });

  it("writes nothing without the key that signed it", async () => {
    const fake = fakeGitHub();
    const keyless = ledgerOf({ keys: [] });
    const signed = issueWith(fake, [INCIDENT]);
    await apply(fake, { incident: signed, records: [INCIDENT] }, keyless);
    expect(fake.mutations).toEqual([]);
  });
});

describe("a record", () => {
  it("becomes a comment where none is", async () => {
    const fake = fakeGitHub();
    await apply(fake, { incident: issueWith(fake, []), records: [ATTEMPT] });
    expect(fieldsOf(fake)).toEqual(["addComment"]);
    expect(fake.mutations[0]?.input).toMatchObject({ subjectId: "I_12" });
  });

  it.each([
    ["its text", { ...ATTEMPT, text: "### Another" }],
    ["its data", { ...ATTEMPT, data: attemptRecord({ phase: "proposed" }) }],
  ])("is rewritten in place, with the next number, where %s changed", async (_what, write) => {
    const fake = fakeGitHub();
    await apply(fake, { incident: issueWith(fake, [ATTEMPT]), records: [write] });
    expect(fieldsOf(fake)).toEqual(["updateIssueComment"]);
    expect(fake.mutations[0]?.input["id"]).toBe("IC_0");
    expect(findHiddenLine(String(fake.mutations[0]?.input["body"]))).toMatchObject({ seq: 2 });
  });

  it("is signed again after its key was rotated out", async () => {
    const fake = fakeGitHub();
    const incident = issueWith(fake, [ATTEMPT], ledgerOf({ keys: ["the older key"] }));
    await apply(fake, { incident, records: [ATTEMPT] });
    expect(fieldsOf(fake)).toEqual(["updateIssueComment"]);
  });

  it("stays under GitHub's limit, whatever is in its text", () => {
    for (const text of ["a", "💥", "<!-- patchpilot:v1"]) {
      const body = recordBody(ledgerOf(), ISSUE, { ...ATTEMPT, text: text.repeat(60_000) }, 1);
      expect(body.length).toBeLessThan(60_000);
      expect(body.isWellFormed()).toBe(true);
    }
  });

  it("stays readable where production's text quotes a record", () => {
    const text = `TypeError: ${recordBody(ledgerOf(), ISSUE, INCIDENT, 1)}`;
    expect(findHiddenLine(recordBody(ledgerOf(), ISSUE, { ...ATTEMPT, text }, 1))).toMatchObject({
      kind: "attempt/1",
    });
  });
});

describe("a record that another run rewrote meanwhile", () => {
  it.each([
    ["moved on", (fake: FakeGitHub) => fake.bodies.set("IC_0", "### Newer")],
    ["is gone", (fake: FakeGitHub) => fake.bodies.delete("IC_0")],
  ])("is left alone, with labels and state that it would show: it %s", async (_what, meanwhile) => {
    const fake = fakeGitHub();
    const incident = issueWith(fake, [ATTEMPT]);
    meanwhile(fake);
    const write = { ...ATTEMPT, text: "### Another" };
    const applied = await apply(fake, {
      incident,
      records: [write],
      phase: "working",
      state: "close-completed",
    });
    expect(fake.mutations).toEqual([]);
    expect(applied?.problems).toEqual([
      "#12: record attempt/1 changed in the meantime; the next run looks again.",
    ]);
  });
});

describe("a record that is too large", () => {
  it("is named, and keeps no other record from being written", async () => {
    const fake = fakeGitHub();
    const large: RecordWrite = { ...INCIDENT, data: { text: "a".repeat(5000) } };
    const changes = [
      { incident: issueWith(fake, []), records: [large] },
      { incident: { ...issueWith(fake, []), ...issueFacts({ number: 13 }) }, records: [ATTEMPT] },
    ];
    const [first, second] = await applyChanges(fake.github, ledgerOf(), changes);
    expect(first?.problems).toEqual([expect.stringContaining("4096 is the limit")]);
    expect(second).toMatchObject({ issue: 13, writes: 1, problems: [] });
  });
});

describe("labels", () => {
  const refusingLabels = (type: string) =>
    fakeGitHub(({ field }): MutationResult | undefined =>
      field === "createLabel" ? { state: "refused", message: "no", type } : undefined,
    );

  it("change by their difference to the phase, after the records", async () => {
    const fake = fakeGitHub();
    await apply(fake, { incident: issueWith(fake, []), records: [ATTEMPT], phase: "working" });
    expect(fake.mutations.map(({ field, input }) => [field, input["labelIds"]])).toEqual([
      ["addComment", undefined],
      ["addLabelsToLabelable", ["L_patchpilot:working"]],
      ["removeLabelsFromLabelable", ["L_patchpilot:accepted"]],
    ]);
  });

  it("take away what another run has set since they were read", async () => {
    const fake = fakeGitHub();
    const incident = issueWith(fake, [INCIDENT]);
    fake.labelled.set(incident.nodeId, ["patchpilot", "patchpilot:verifying", "bug"]);
    await apply(fake, { incident, records: [], phase: "working" });
    expect(fake.mutations.map(({ field, input }) => [field, input["labelIds"]])).toEqual([
      ["addLabelsToLabelable", ["L_patchpilot:working"]],
      ["removeLabelsFromLabelable", ["L_patchpilot:verifying"]],
    ]);
  });

  it("of people stay, commands among them", async () => {
    const fake = fakeGitHub();
    const labels = ["patchpilot", "patchpilot:accepted", "patchpilot:hold", "bug"];
    const incident = { ...issueWith(fake, []), ...issueFacts({ labels }) };
    await apply(fake, { incident, records: [], phase: "accepted" });
    expect(fake.mutations).toEqual([]);
  });

  it("that the repository lacks are made once, all of ours", async () => {
    const fake = fakeGitHub();
    const ledger = ledgerOf({ labels: ["patchpilot", "patchpilot:accepted"] });
    const changes = [12, 13].map((number): IncidentChange => {
      const incident = { ...issueWith(fake, []), ...issueFacts({ number }) };
      return { incident, records: [], phase: "working" };
    });
    await applyChanges(fake.github, ledger, changes);
    const made = fake.mutations.filter(({ field }) => field === "createLabel");
    expect(made.map(({ input }) => input["name"])).toEqual(
      LABELS.map(({ name }) => name).filter((name) => !ledger.repository.labelIds.has(name)),
    );
    expect(fieldsOf(fake).filter((field) => field === "addLabelsToLabelable")).toHaveLength(2);
  });

  it("that cannot be made stop nothing else, and are named", async () => {
    const fake = refusingLabels("FORBIDDEN");
    const change: IncidentChange = { incident: issueWith(fake, []), records: [ATTEMPT], phase: "working" };
    const applied = await apply(fake, change, ledgerOf({ labels: [] }));
    expect(applied).toMatchObject({ issue: ISSUE, writes: 1, problems: [] });
    expect(applied?.unlabelled).toEqual([
      expect.stringContaining("#12: the label patchpilot:working is not set"),
    ]);
  });

  it("that another run made meanwhile are used", async () => {
    const fake = refusingLabels("UNPROCESSABLE");
    fake.labels.push("patchpilot:working");
    const change: IncidentChange = { incident: issueWith(fake, []), records: [], phase: "working" };
    await apply(fake, change, ledgerOf({ labels: [] }));
    expect(fake.mutations.at(-1)).toMatchObject({
      field: "addLabelsToLabelable",
      input: { labelIds: ["LA_patchpilot:working"] },
    });
  });
});

describe("the state of the issue", () => {
  it.each([
    ["close-completed", "closeIssue", "COMPLETED"],
    ["close-not-planned", "closeIssue", "NOT_PLANNED"],
  ] as const)("changes last: %s", async (state, field, stateReason) => {
    const fake = fakeGitHub();
    await apply(fake, { incident: issueWith(fake, []), records: [ATTEMPT], phase: "recovered", state });
    expect(fake.mutations.at(-1)).toMatchObject({ field, input: { stateReason } });
  });

  it("is opened again where it is closed", async () => {
    const fake = fakeGitHub();
    const incident = { ...issueWith(fake, []), ...issueFacts({ open: false }) };
    await apply(fake, { incident, records: [], state: "reopen" });
    expect(fieldsOf(fake)).toEqual(["reopenIssue"]);
  });
});

describe("what else a change does", () => {
  it("is to hide duplicates", async () => {
    const fake = fakeGitHub();
    const incident = issueWith(fake, [INCIDENT]);
    const records = { ...incident.records, duplicates: ["IC_8"] };
    await apply(fake, { incident: { ...incident, records }, records: [] });
    expect(fake.mutations).toMatchObject([
      { field: "minimizeComment", input: { subjectId: "IC_8", classifier: "DUPLICATE" } },
    ]);
  });

  it("is nothing on an issue of a newer version", async () => {
    const fake = fakeGitHub();
    const incident = issueWith(fake, []);
    const records = { ...incident.records, newerVersion: 2, duplicates: ["IC_8"] };
    const applied = await apply(fake, {
      incident: { ...incident, records },
      records: [ATTEMPT],
      phase: "working",
    });
    expect([applied?.writes, fake.mutations]).toEqual([0, []]);
  });

  it.each([
    [
      { state: "refused", message: "no", type: "UNPROCESSABLE" },
      '#12: record attempt/1 was refused by GitHub: "no".',
    ],
    [
      { state: "refused", message: "no", type: "FORBIDDEN" },
      '#12: record attempt/1 was refused by GitHub: "no". The job\'s `permissions:` need `issues: write`.',
    ],
    [
      { state: "refused", message: "Unable to create comment because issue is locked", type: "FORBIDDEN" },
      '#12: record attempt/1 was refused by GitHub: "Unable to create comment because issue is locked". Unlock the conversation of this issue.',
    ],
    [{ state: "unknown", message: "lost" }, "#12: record attempt/1 may not have arrived (lost)."],
  ] as const)("is to tell what went wrong: %j", async (result, problem) => {
    const fake = fakeGitHub(() => result);
    const applied = await apply(fake, { incident: issueWith(fake, []), records: [ATTEMPT] });
    expect(applied).toMatchObject({ issue: ISSUE, writes: 0, problems: [problem] });
  });
});

describe("a locked issue", () => {
  it("is left alone, and named once with what helps", async () => {
    const fake = fakeGitHub();
    const incident = { ...issueWith(fake, []), locked: true };
    const applied = await apply(fake, { incident, records: [INCIDENT, ATTEMPT], phase: "working" });
    expect(fake.mutations).toEqual([]);
    expect(applied).toMatchObject({ writes: 0, problems: [expect.stringContaining("Unlock it")] });
  });

  it("is not mentioned where everything is true already", async () => {
    const fake = fakeGitHub();
    const incident = { ...issueWith(fake, [INCIDENT]), locked: true };
    expect(await apply(fake, { incident, records: [INCIDENT] })).toMatchObject({ problems: [] });
  });
});

describe("kinds of records", () => {
  it.each(["incident", "impact", "dispatch", "attempt/3", "recovery/2"] as RecordKind[])(
    "are found where they were stored: %s",
    async (kind) => {
      const fake = fakeGitHub();
      const data = {
        incident: incidentRecord(),
        impact: { summary: "", window: { from: "", to: "" }, events: [] },
        dispatch: { phase: "needs-human", phaseAt: "", reason: "" },
        attempt: attemptRecord({ attempt: 3 }),
        recovery: { phase: "verifying", phaseAt: "", episode: 2, decision: "", verdict: "", decidedAt: "" },
      }[kind.split("/")[0] as "incident"];
      const write: RecordWrite = { kind, text: "x", data };
      await apply(fake, { incident: issueWith(fake, [write]), records: [write] });
      expect(fake.mutations).toEqual([]);
    },
  );
});
