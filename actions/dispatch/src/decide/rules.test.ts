import { createHash } from "node:crypto";
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

describe("the rules", () => {
  const deciding = INCIDENTS.map(([facts, changes, settlement]) => {
    const settings = settingsOf(changes);
    const standing = standingOf(facts, settlement ?? settleAttempt(facts, settings), settings);
    return DISPATCH_RULES.find(({ when }) => when(standing));
  });

  it("decide one incident each, so none of them hides another", () => {
    expect(deciding.map((rule) => rule?.meaning)).toEqual(DISPATCH_RULES.map(({ meaning }) => meaning));
  });
});
