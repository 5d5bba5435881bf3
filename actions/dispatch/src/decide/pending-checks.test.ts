import type { AttemptOutcome } from "@patchpilot/incident";
import { describe, expect, it } from "vitest";
import type { DispatchFacts } from "../facts.ts";
import { claimsOf, done } from "../testing/claims.ts";
import { factsOf, settingsOf } from "../testing/facts.ts";
import { closedAs, working } from "../testing/gates.ts";
import { redOn } from "../testing/red-checks.ts";
import { pullRequestOf } from "../testing/runs.ts";
import { checksCause, nameRed } from "./red-checks.ts";
import { settleAttempt } from "./settle.ts";
import { standingOf } from "./standing.ts";

const HEAD = "c".repeat(40);
const OTHER = "d".repeat(40);
const red = redOn(HEAD);

function pending(changes: Partial<DispatchFacts>) {
  const facts = factsOf({ pullRequest: pullRequestOf(), checks: red, ...changes });
  const settings = settingsOf();
  const { redChecks, review, ground, cause } = standingOf(facts, settleAttempt(facts, settings), settings);
  return { redChecks, review, ground, cause };
}

/** Attempt 1 ended since checks went red on what it had published. */
const justRed = (changes: Partial<DispatchFacts> = {}) =>
  pending({
    claims: claimsOf(done()),
    gate: closedAs("changes-requested", { ending: "red-checks", head: HEAD }),
    ...changes,
  });

/** Attempt 2 was to turn the checks of attempt 1 green, or to answer a review. */
const after = (outcome: AttemptOutcome, end = {}, checks: object | false = { red: "1", tree: "t" }) =>
  pending({
    claims: claimsOf(
      done(),
      done({
        cause: "checks/c/1",
        continues: {
          branch: "patchpilot/12-a1",
          pullRequest: 34,
          head: HEAD,
          review: checks ? "" : "R",
          ...(checks ? { checks } : {}),
        },
      }),
    ),
    gate: closedAs(outcome, end),
  });

const answer = { cause: checksCause(red), red: nameRed(red), tree: "t" };

describe("checks that have just gone red", () => {
  it("open an attempt that goes on with the pull request", () => {
    const place = { branch: "patchpilot/12-a1", pullRequest: 34, head: HEAD };
    expect(justRed()).toMatchObject({
      redChecks: { isDue: true, answer, isOthers: false, isInVain: false },
      cause: checksCause(red),
      ground: { continues: { ...place, review: "", checks: { red: nameRed(red), tree: "t" } } },
    });
  });

  it.each<[string, Partial<DispatchFacts>]>([
    ["somebody else has pushed", { pullRequest: pullRequestOf({ headOid: OTHER }) }],
    ["they are another commit's", { checks: redOn(OTHER) }],
    ["the branch is another repository's", { checks: redOn(HEAD, { isOwn: false }) }],
    ["they are red no longer", { checks: redOn(HEAD, { red: [] }) }],
  ])("have no answer if %s", (_, changes) => {
    expect(justRed(changes).redChecks.answer).toBeUndefined();
    expect(justRed(changes).cause).toBe("");
  });

  it("belong to somebody else once they have pushed", () => {
    expect(justRed({ pullRequest: pullRequestOf({ headOid: OTHER }) }).redChecks.isOthers).toBe(true);
  });

  it("wait for a reviewer who asks for changes", () => {
    const asked = justRed({ changeRequest: { review: "Q", isOthers: false } });
    expect([asked.redChecks.isDue, asked.review]).toEqual([
      false,
      { isDue: true, answer: "Q", isOthers: false },
    ]);
    expect(asked.ground).toMatchObject({ continues: { review: "Q" } });
  });
});

describe("checks that an attempt was to turn green", () => {
  it.each<[AttemptOutcome, boolean, boolean]>([
    ["failed", true, true],
    ["no-change", true, true],
    ["lost", true, true],
    ["replaced", true, false],
    ["declined", false, false],
    ["planned", false, false],
  ])("after %s are still due (%s), and were tried in vain (%s)", (outcome, isDue, isInVain) => {
    expect(after(outcome).redChecks).toMatchObject({ isDue, isInVain, answer });
    expect(after(outcome).review.isDue).toBe(false);
  });

  it("were not tried in vain by an attempt that was interrupted", () => {
    expect(after("failed", { ending: "interrupted" }).redChecks.isInVain).toBe(false);
  });

  it("are due after no attempt that was for a review, which then is", () => {
    expect(after("failed", {}, false).redChecks).toMatchObject({ isDue: false, isInVain: false });
    for (const outcome of ["failed", "no-change", "lost", "replaced", "changes-requested"] as const)
      expect(after(outcome, {}, false).review.isDue).toBe(true);
    expect(after("declined", {}, false).review.isDue).toBe(false);
  });

  it("are not due while it is at work", () => {
    const claims = claimsOf(done());
    expect(pending({ claims, gate: working }).redChecks).toMatchObject({ isDue: false, isInVain: false });
  });
});
