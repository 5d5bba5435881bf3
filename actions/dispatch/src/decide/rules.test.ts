import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { planSection } from "@patchpilot/incident";
import { incidentOf, incidentRecord, minutesAfter } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import type { DispatchFacts, DispatchSettings } from "../facts.ts";
import { chosen, claim, skipped, skippedForGood } from "../testing/choosing.ts";
import { claimsOf, done, intent, refused } from "../testing/claims.ts";
import { atWork, factsOf, settingsOf } from "../testing/facts.ts";
import { closedAs, working } from "../testing/gates.ts";
import { inPhase, label } from "../testing/incidents.ts";
import { redOn } from "../testing/red-checks.ts";
import { merged, pullRequestOf, runOf } from "../testing/runs.ts";
import type { DispatchChoice } from "./choice.ts";
import { DISPATCH_RULES } from "./rules.ts";
import { type Settlement, settleAttempt } from "./settle.ts";
import { standingOf } from "./standing.ts";

/** A plan of attempt 1 that was written in minute 20, and approved in minute `approvedAt`. */
function planned({ approvedAt, text = "Guard the empty cart" }: { approvedAt?: number; text?: string } = {}) {
  const commands = approvedAt === undefined ? [] : [{ ...label("go-ahead"), at: minutesAfter(approvedAt) }];
  const incident = inPhase("needs-human", { commands });
  const data = { attempt: 1, key: "pp-4242-12-a1", sha256: createHash("sha256").update(text).digest("hex") };
  const plan = { data, seq: 1, commentId: "IC_plan", body: planSection(text), writtenAt: minutesAfter(20) };
  return factsOf({
    incident: { ...incident, records: { ...incident.records, plans: new Map([[1, plan]]) } },
    claims: claimsOf(done()),
    gate: closedAs("planned"),
    vouchedBy: { "go-ahead": true },
  });
}

describe("a plan", () => {
  it("waits for the label", () => {
    expect(chosen(planned())).toEqual(skipped("needs-human"));
  });

  it("is carried out once it is approved, although all attempts are used", () => {
    expect(chosen(planned({ approvedAt: 30 }), { maxAttempts: 1 })).toMatchObject(
      claim(2, "label/LE_go-ahead"),
    );
  });

  it.each([
    ["the label is older", planned({ approvedAt: 10 })],
    [
      "the one who set the label may not write",
      { ...planned({ approvedAt: 30 }), vouchedBy: { "go-ahead": false } },
    ],
    ["it is too long", planned({ approvedAt: 30, text: "x".repeat(70_000) })],
  ])("is refused if %s", (_, facts) => {
    expect(chosen(facts)).toEqual(skippedForGood("plan-refused"));
  });

  it("is refused if `autonomy` lets nothing be changed", () => {
    expect(chosen(planned({ approvedAt: 30 }), { autonomy: "plan" })).toEqual(skippedForGood("plan-refused"));
  });
});

const continues = { branch: "patchpilot/12-a1", pullRequest: 34, head: "c".repeat(40), review: "R" };
const request = { review: "Q", isOthers: false };

/** Attempt 2 was to answer the review R of attempt 1's pull request, and added nothing. */
const reviewed = (changes: Partial<DispatchFacts>): DispatchFacts =>
  factsOf({
    claims: claimsOf(done(), done({ cause: "review/R", continues })),
    gate: closedAs("failed"),
    ...changes,
  });

/** Attempt 2 was to turn checks of attempt 1's pull request green, and added nothing. */
const checked = (changes: Partial<DispatchFacts>): DispatchFacts =>
  reviewed({
    claims: claimsOf(
      done(),
      done({ cause: "checks/c/1", continues: { ...continues, review: "", checks: { red: "1", tree: "t" } } }),
    ),
    ...changes,
  });

describe("a review", () => {
  it.each([
    ["the last one, as long as it stays", { pullRequest: pullRequestOf({ changeRequests: ["R"] }) }, "R"],
    ["a new one", { pullRequest: pullRequestOf(), changeRequest: request }, "Q"],
  ])("is answered: %s", (_, changes, review) => {
    expect(chosen(reviewed(changes))).toMatchObject({ ground: { continues: { ...continues, review } } });
  });

  it.each<[string, Partial<DispatchFacts>]>([
    ["its pull request was closed", { pullRequest: pullRequestOf({ state: "closed" }) }],
    ["its pull request is gone", {}],
    ["somebody else has pushed", { pullRequest: pullRequestOf({ headOid: "d".repeat(40) }) }],
    [
      "somebody else has pushed before a new one",
      { pullRequest: pullRequestOf(), changeRequest: { ...request, isOthers: true } },
    ],
    ["it was withdrawn", { pullRequest: pullRequestOf({ changeRequests: [] }) }],
  ])("is left to people if %s", (_, changes) => {
    expect(chosen(reviewed(changes))).toEqual(skippedForGood("needs-human"));
  });

  it("is over once its pull request is merged", () => {
    expect(chosen(reviewed({ pullRequest: merged }))).toEqual(skipped("verifying"));
  });
});

describe("red checks", () => {
  const head = "c".repeat(40);

  it("are left to people where somebody else has pushed", () => {
    expect(chosen(checked({ pullRequest: pullRequestOf({ headOid: "d".repeat(40) }) }))).toEqual({
      kind: "skip",
      reason: "needs-human",
      forGood: true,
      detail: "someone else has pushed to its branch, so PatchPilot does not touch it",
    });
  });

  it("are answered by one more attempt after one that was interrupted", () => {
    const interrupted = closedAs("failed", { ending: "interrupted", cause: "setup" });
    const facts = checked({ pullRequest: pullRequestOf(), checks: redOn(head), gate: interrupted });
    expect(chosen(facts)).toMatchObject({
      ...claim(3, "outcome/a2"),
      ground: { continues: { ...continues, review: "", checks: { tree: "t" } } },
    });
  });

  it("do not bar a retry that the reviewer of the same branch is waiting for", () => {
    const facts = checked({ pullRequest: pullRequestOf(), changeRequest: request, checks: redOn(head) });
    expect(chosen(facts)).toMatchObject({ ground: { continues: { ...continues, review: "Q" } } });
  });
});

const { incident } = factsOf();
const of = (issue: object, data = {}) => factsOf({ incident: incidentOf(data, issue) });
const ended = (outcome: "failed" | "declined") =>
  factsOf({ claims: claimsOf(done()), gate: closedAs(outcome) });

const asked = atWork({ gate: closedAs("no-change", { ending: "asked" }) });
const STRANGER = {
  words: "",
  commentId: "IC_said",
  at: minutesAfter(55),
  author: { type: "User", id: 5, login: "mallory" },
  mayWrite: false,
} as const;

describe("a reply", () => {
  const maya = { ...STRANGER, name: "answer", commentId: "IC_maya", mayWrite: true } as const;

  it("of somebody who may write opens the next attempt, although all are spent", () => {
    const facts = { ...asked, heard: [maya, { ...STRANGER, name: "answer" as const }] };
    expect(chosen(facts, { maxAttempts: 1 })).toMatchObject(claim(2, "comment/IC_maya"));
  });

  it.each([
    ["older than the question", { at: minutesAfter(49) }],
    ["for something else", { name: "amend" as const }],
  ])("that is %s opens none", (_, change) => {
    expect(chosen({ ...asked, heard: [{ ...maya, ...change }] })).toEqual(skipped("needs-human"));
  });

  it("that a claim names already opens none", () => {
    const claims = claimsOf(done(), done({ cause: "comment/IC_maya", after: "asked" }));
    expect(chosen({ ...asked, claims, heard: [maya] })).toEqual(skipped("needs-human"));
  });

  it.each(["reject", "amend"] as const)("of a stranger to a plan is refused: %s", (name) => {
    expect(chosen({ ...planned(), heard: [{ ...STRANGER, name }] })).toEqual(skippedForGood("reply-refused"));
  });

  it.each(["reject", "amend"] as const)("to a plan opens another attempt: %s", (name) => {
    expect(chosen({ ...planned(), heard: [{ ...maya, name }] })).toMatchObject(claim(2, "comment/IC_maya"));
    const early = { ...maya, name, at: minutesAfter(20) };
    expect(chosen({ ...planned(), heard: [early] })).toEqual(skipped("needs-human"));
  });

  it("given again by a stranger does not outweigh an earlier one that counts", () => {
    const heard = [
      { ...maya, name: "retry" as const },
      { ...STRANGER, name: "retry" as const },
    ];
    const facts = { ...ended("declined"), heard };
    expect(chosen(facts)).toMatchObject(claim(2, "comment/IC_maya"));
    const claims = claimsOf(done({ cause: "comment/IC_maya" }));
    expect(chosen({ ...facts, claims })).toEqual(skipped("cause-spent"));
  });

  it("of a stranger does not stop a plan that is approved", () => {
    const heard = [{ ...STRANGER, name: "reject" as const }];
    expect(chosen({ ...planned({ approvedAt: 30 }), heard })).toMatchObject(claim(2, "label/LE_go-ahead"));
  });
});

const INCIDENTS: readonly (readonly [DispatchFacts, Partial<DispatchSettings>?, Settlement?])[] = [
  [factsOf({ incident: { ...incident, records: { ...incident.records, newerVersion: 2 } } })],
  [factsOf({ claims: claimsOf(done({ records: { incident: 2 } })) })],
  [of({ open: false })],
  [of({}, { incident: undefined })],
  [of({ labels: ["patchpilot:hold"] })],
  [of({ locked: true })],
  [factsOf({ incident: inPhase("verifying") })],
  [atWork({ pullRequest: pullRequestOf() })],
  [atWork({ gate: working, runs: [runOf()] })],
  [atWork({ gate: working, runs: [runOf({ ended: true })] })],
  [atWork(), {}, { kind: "stuck", reason: "a rule" }],
  [factsOf({ claims: claimsOf("unreadable") })],
  [atWork({ gate: closedAs("merged") })],
  [factsOf({ claims: claimsOf(intent()), gate: working })],
  [planned({ approvedAt: 10 })],
  [{ ...asked, heard: [{ ...STRANGER, name: "answer" }] }],
  [planned()],
  [planned({ approvedAt: 30 }), { autonomy: "plan" }],
  [asked],
  [atWork({ gate: closedAs("no-change", { ending: "reported" }) })],
  [
    factsOf({
      claims: claimsOf(done(), done({ after: "interrupted" })),
      gate: closedAs("failed", { ending: "interrupted", cause: "setup" }),
    }),
  ],
  [factsOf({ incident: inPhase("needs-human"), claims: claimsOf(done()), gate: closedAs("declined") })],
  [factsOf(), { autonomy: "observe" }],
  [of({}, { incident: incidentRecord({ standDown: "Seer opened #9" }) })],
  [factsOf(), { minSeverity: "critical" }],
  [factsOf(), { minConfidence: 0.91 }],
  [ended("failed"), { maxAttempts: 1 }],
  [reviewed({ pullRequest: merged })],
  [reviewed({})],
  [reviewed({ pullRequest: pullRequestOf({ headOid: "d".repeat(40) }) })],
  [reviewed({ pullRequest: pullRequestOf({ changeRequests: [] }) })],
  [checked({ pullRequest: pullRequestOf() })],
  [checked({ pullRequest: pullRequestOf(), checks: redOn("c".repeat(40)) })],
  [of({}, { incident: incidentRecord({ confidence: 0.4, basis: "text" }) }), { minConfidence: 0 }],
  [factsOf({ claims: claimsOf(refused({ refusals: 2 })) })],
  [atWork()],
  [ended("failed"), { allow: ["close"] }],
  [ended("declined")],
];

/** What is said of each of these incidents. */
const SAID: readonly string[] = [
  "read-only: its records are of version 2; upgrade patchpilot/dispatch",
  "older-record: its record incident is older than its refs say (1 instead of at least 2), so nothing is done. If later runs say so too, someone put an earlier state back: delete that comment, and what is needed of it is written again",
  "closed: the issue is closed",
  "not-accepted: no accepted incident is recorded on this issue",
  "held: the label patchpilot:hold is set",
  "locked: its conversation is locked, so nothing can be written there: unlock it",
  "verifying: its pull request is merged, and PatchPilot follows it in production",
  "proposed: its pull request waits for review",
  "in-flight: run 500 is working",
  "in-flight: its outcome is not written down yet",
  "claim-refused, for good: a rule",
  "frozen, for good: the claim of attempt 1 is not one that PatchPilot wrote",
  "verifying: its pull request is merged, and PatchPilot follows it in production",
  "repeat",
  "plan-refused, for good: `patchpilot:go-ahead` is older than the plan of attempt 1",
  "reply-refused, for good: `/patchpilot answer` of mallory does not count: that account cannot write to this repository",
  "needs-human: approve the plan with the label patchpilot:go-ahead",
  "plan-refused, for good: `autonomy: plan` lets no plan be carried out",
  "needs-human: the agent asks a question, which is on the issue",
  "needs-human: its report is on the issue",
  "needs-human: its last 2 attempts were interrupted (setup)",
  "needs-human: why",
  "observe: `autonomy: observe` dispatches nothing",
  "fix-in-flight: Seer opened #9",
  "below-severity, for good: severity high is below critical",
  "below-confidence, for good: confidence 0.90 is below 0.91",
  "attempts-exhausted, for good: all 1 attempts are used",
  "verifying: someone merged its pull request",
  "needs-human, for good: its pull request was closed after changes were asked for, or checks had gone red",
  "needs-human, for good: someone else has pushed to its branch, so PatchPilot does not touch it",
  "needs-human, for good: the reviewer no longer asks for changes; merge its pull request or close it",
  "needs-human, for good: its checks are no longer red, or cannot be read; merge its pull request or close it",
  "needs-human, for good: the same checks are red on the same files, and its last attempt changed nothing",
  "observe, for good: confidence 0.40 is below 0.75: someone should see the plan first; only the issue's text speaks for it, which anyone may have written",
  "dispatch-refused, for good: GitHub answered 403.",
  "repeat",
  "retry-not-allowed, for good: its last attempt did not help, and `allow` lacks retry",
  "cause-spent: nothing has happened since the last attempt that would justify another",
];

const tell = (choice: DispatchChoice | undefined): string | undefined =>
  choice?.kind === "skip"
    ? `${choice.reason}${choice.forGood ? ", for good" : ""}: ${choice.detail}`
    : choice?.kind;

describe("the rules", () => {
  const deciding = INCIDENTS.map(([facts, changes, settlement]) => {
    const settings = settingsOf(changes);
    const standing = standingOf(facts, settlement ?? settleAttempt(facts, settings), settings);
    const rule = DISPATCH_RULES.find(({ when }) => when(standing));
    return { meaning: rule?.meaning, choice: rule?.decide(standing) };
  });

  it("decide one incident each, so none of them hides another", () => {
    expect(deciding.map(({ meaning }) => meaning)).toEqual(DISPATCH_RULES.map(({ meaning }) => meaning));
  });

  it("say what keeps each incident from an attempt, and what people can do", () => {
    expect(deciding.map(({ choice }) => tell(choice))).toEqual(SAID);
  });

  it("are listed in the README in the order in which they apply", () => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const table = readme.split("<!-- generated:rules -->")[1]?.split("<!--")[0] ?? "";
    const [, , ...rows] = [...table.matchAll(/^\| `?([a-z ,-]+?)`? \| (.+) \|$/gm)].map(
      ([, ...cells]) => cells,
    );
    expect(rows).toEqual(DISPATCH_RULES.map(({ name, meaning }) => [name, meaning]));
  });
});
