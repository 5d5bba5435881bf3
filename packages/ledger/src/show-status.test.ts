import { LABELS } from "@patchpilot/incident";
import { attemptRecord, incidentOf, incidentRecord, minutesAfter } from "@patchpilot/incident/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyChanges } from "./apply-changes.ts";
import { recordBody, recordText } from "./hidden-line.ts";
import type { IncidentChange } from "./incident-change.ts";
import type { Ledger } from "./read-incidents.ts";
import { readRecords } from "./read-records.ts";
import { commentOf, ISSUE, SIGNER } from "./testing/comments.ts";
import { type FakeGitHub, fakeGitHub } from "./testing/fake-github.ts";

const ledger: Ledger = {
  repository: {
    id: "R_1",
    databaseId: 4242,
    nameWithOwner: "acme/shop",
    url: "https://github.com/acme/shop",
    labelIds: new Map(LABELS.map(({ name }) => [name, `L_${name}`])),
  },
  belief: { signer: SIGNER, trusted: [] },
  incidents: [],
  refs: new Map(),
};
const FROZEN = "### Incident accepted: `TypeError`\n\n```text\n</details>\n<!-- patchpilot:accepted -->\n```";
const ATTEMPT = { kind: "attempt/1", text: "### Attempt", data: attemptRecord() } as const;
const bodyOf = (fake: FakeGitHub, index: number): string => String(fake.mutations[index]?.input["body"]);
const headingOf = (body: string): string => body.split("\n")[0] ?? "";

/** What applying a change writes of the first comment. */
async function accept(fake: FakeGitHub, text = FROZEN): Promise<string> {
  const records = [{ kind: "incident", text, data: incidentRecord() }] as const;
  await applyChanges(fake.github, ledger, [
    { incident: incidentOf({ incident: undefined }), records, phase: "accepted" },
  ]);
  return bodyOf(fake, 0);
}

/** The incident as the next run reads it. */
function read(fake: FakeGitHub, ...bodies: readonly string[]) {
  const comments = bodies.map((body, index) => commentOf(body, { id: `IC_${index}` }));
  for (const { id, body } of comments) fake.bodies.set(id, body);
  return { ...incidentOf(), records: readRecords(ISSUE, comments, ledger.belief) };
}
const apply = async (fake: FakeGitHub, change: IncidentChange) =>
  (await applyChanges(fake.github, ledger, [change]))[0];

describe("the first comment of an incident", () => {
  it("says whose turn it is from the moment of acceptance", async () => {
    expect(headingOf(await accept(fakeGitHub()))).toMatch(/^### 🟡 Accepted/);
  });

  it("keeps what was accepted byte for byte, whatever it says", async () => {
    const texts = fc.array(
      fc.constantFrom("a", "\n", " ", "`", "<!-- patchpilot:accepted -->", "</details>", "| x |"),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (parts) => {
        const text = `### Incident${parts.join("")}.`;
        expect(recordText(await accept(fakeGitHub(), text))).toBe(text);
      }),
    );
  });

  it("is rewritten with the record that changes it, and keeps what was accepted", async () => {
    const body = await accept(fakeGitHub());
    const fake = fakeGitHub();
    await apply(fake, { incident: read(fake, body), records: [ATTEMPT] });
    expect(fake.mutations.map(({ field }) => field)).toEqual(["addComment", "updateIssueComment"]);
    expect(headingOf(bodyOf(fake, 1))).toBe("### 🟡 Being repaired");
    expect(recordText(bodyOf(fake, 1))).toBe(FROZEN);
  });

  it("is not written again if nothing changed, nor if time goes by", async () => {
    const first = fakeGitHub();
    const body = await accept(first);
    const fake = fakeGitHub();
    const records = [{ kind: "incident", text: FROZEN, data: incidentRecord() }] as const;
    await apply(fake, { incident: read(fake, body), records, phase: "accepted" });
    expect(fake.mutations).toEqual([]);
  });

  it("shows the end in the batch that closes the issue", async () => {
    const body = await accept(fakeGitHub());
    const fake = fakeGitHub();
    const data = {
      phase: "recovered",
      phaseAt: minutesAfter(9),
      episode: 1,
      decision: "close",
      verdict: "recovered",
      decidedAt: minutesAfter(9),
      reason: "0 errors in 5 h.",
    };
    const records = [{ kind: "recovery/1", text: "### Recovered", data }] as const;
    await apply(fake, { incident: read(fake, body), records, phase: "recovered", state: "close-completed" });
    expect(bodyOf(fake, 1)).toMatch(/^### 🟢 Recovered\n\n0 errors in 5 h\.\n/);
    expect(fake.mutations.at(-1)?.field).toBe("closeIssue");
  });

  it("of an older version gets its status, and is evidence as a whole", async () => {
    const fake = fakeGitHub();
    const old = recordBody(ledger, ISSUE, { kind: "incident", text: FROZEN, data: incidentRecord() }, 1);
    expect(recordText(old)).toBe(FROZEN);
    await apply(fake, { incident: read(fake, old), records: [] });
    expect(recordText(bodyOf(fake, 0))).toBe(FROZEN);
  });

  it("keeps fields that a newer version wrote", async () => {
    const fake = fakeGitHub();
    const records = [
      { kind: "incident", text: FROZEN, data: { ...incidentRecord(), seen: { at: "x", colour: "red" } } },
    ] as const;
    await applyChanges(fake.github, ledger, [{ incident: incidentOf({ incident: undefined }), records }]);
    const next = fakeGitHub();
    await apply(next, { incident: read(next, bodyOf(fake, 0)), records: [ATTEMPT] });
    const incident = read(next, bodyOf(next, 1)).records.incident?.data;
    expect(incident?.seen).toEqual({ at: "x", colour: "red" });
  });
});

describe("what Sentry counts of the error", () => {
  const before = { at: minutesAfter(0), events: 1, users: 1 };
  const count = (minutes: number) => ({ at: minutesAfter(minutes), events: 69 });
  const openCounted = async () => {
    const accepted = fakeGitHub();
    const records = [{ kind: "incident", text: FROZEN, data: incidentRecord({ seen: before }) }] as const;
    await applyChanges(accepted.github, ledger, [{ incident: incidentOf({ incident: undefined }), records }]);
    const fake = fakeGitHub();
    return { fake, incident: read(fake, bodyOf(accepted, 0)) };
  };

  it("is written with a status that is rewritten anyway", async () => {
    const { fake, incident } = await openCounted();
    await apply(fake, { incident, records: [ATTEMPT], seen: count(5) });
    expect(fake.mutations.map(({ field }) => field)).toEqual(["addComment", "updateIssueComment"]);
    const { data } = read(fake, bodyOf(fake, 1)).records.incident ?? {};
    expect(data?.seen).toEqual({ ...before, at: minutesAfter(5), events: 69, usersAt: before.at });
  });

  it("is written alone once an hour has passed, and then not again", async () => {
    const { fake, incident } = await openCounted();
    await apply(fake, { incident, records: [], seen: count(59) });
    expect(fake.mutations).toEqual([]);
    await apply(fake, { incident, records: [], seen: count(60) });
    expect(fake.mutations.map(({ field }) => field)).toEqual(["updateIssueComment"]);
    const next = fakeGitHub();
    await apply(next, { incident: read(next, bodyOf(fake, 0)), records: [], seen: count(600) });
    expect(next.mutations).toEqual([]);
  });

  it("is left to another run that rewrote the status meanwhile", async () => {
    const { fake, incident } = await openCounted();
    fake.bodies.set("IC_0", "### Newer");
    const applied = await apply(fake, { incident, records: [], seen: count(90) });
    expect([fake.mutations, applied?.problems]).toEqual([[], []]);
  });

  it("is not judged by a text that is too long to be shown whole", async () => {
    const accepted = fakeGitHub();
    const text = `${FROZEN}${"a".repeat(60_000)}`;
    const records = [{ kind: "incident", text, data: incidentRecord({ seen: before }) }] as const;
    await applyChanges(accepted.github, ledger, [{ incident: incidentOf({ incident: undefined }), records }]);
    const fake = fakeGitHub();
    await apply(fake, { incident: read(fake, bodyOf(accepted, 0)), records: [], seen: count(30) });
    expect(fake.mutations).toEqual([]);
  });
});

describe("a status that another run rewrote meanwhile", () => {
  it("is left to it, and stops neither records nor labels", async () => {
    const body = await accept(fakeGitHub());
    const fake = fakeGitHub();
    const incident = read(fake, body);
    fake.bodies.set("IC_0", "### Newer");
    const applied = await apply(fake, { incident, records: [ATTEMPT], phase: "working" });
    expect(fake.mutations.map(({ field }) => field)).toEqual([
      "addComment",
      "addLabelsToLabelable",
      "removeLabelsFromLabelable",
    ]);
    expect(applied?.problems).toEqual([]);
  });

  it("waits with the record that it shows", async () => {
    const fake = fakeGitHub();
    const incident = read(fake, await accept(fakeGitHub()));
    const large = { ...ATTEMPT, data: { ...attemptRecord(), text: "a".repeat(5000) } };
    await apply(fake, { incident, records: [large], phase: "working" });
    expect(fake.mutations).toEqual([]);
  });
});
