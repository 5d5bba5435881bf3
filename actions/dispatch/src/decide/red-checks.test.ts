import type { CommitCheck, PullChecks } from "@patchpilot/github";
import { describe, expect, it } from "vitest";
import type { DispatchFacts, RedChecks } from "../facts.ts";
import { claimsOf, done } from "../testing/claims.ts";
import { atWork, settingsOf } from "../testing/facts.ts";
import { gateOf } from "../testing/gates.ts";
import { redOn } from "../testing/red-checks.ts";
import { pullRequestOf } from "../testing/runs.ts";
import { checksCause, judgeRedChecks, nameRed, sortChecks } from "./red-checks.ts";

const HEAD = "c".repeat(40);
const [RED] = redOn(HEAD).red as [CommitCheck];

const sorted = (checks: Partial<CommitCheck>[], base: PullChecks["base"] = [], apps: string[] = []) =>
  sortChecks(
    {
      head: HEAD,
      tree: "t",
      isOwn: true,
      isComplete: true,
      checks: checks.map((each) => ({ ...RED, ...each })),
      base,
    },
    apps,
  );
const namesIn = ({ red }: Pick<RedChecks, "red">) => red.map(({ name }) => name);

describe("a red check", () => {
  it("counts if it is GitHub Actions' or of an App that is named", () => {
    const checks = [{ name: "a" }, { name: "b", app: "buildkite" }, { name: "c", app: "other" }];
    expect(namesIn(sorted(checks, [], ["buildkite"]))).toEqual(["a", "b"]);
  });

  it("does not count if it was red when it last ended on the base", () => {
    const on = (name: string, state: CommitCheck["state"], app = "github-actions") => ({ name, app, state });
    const base = [on("a", "pending"), on("a", "red"), on("b", "ended"), on("b", "red"), on("c", "red", "x")];
    const found = sorted([{ name: "a" }, { name: "b" }, { name: "c" }], base);
    expect([namesIn(found), found.isBaseRed]).toEqual([["b", "c"], true]);
  });

  it("is waited for only if it counts", () => {
    expect(sorted([{ state: "pending", app: "other" }]).isPending).toBe(false);
    expect(sorted([{ state: "pending" }]).isPending).toBe(true);
  });

  it("is known by its name, whatever the order and whatever it prints", () => {
    const one = { ...RED, name: "a" };
    const other = { ...RED, name: "b" };
    expect(nameRed({ red: [one, other, one] })).toBe(
      nameRed({ red: [other, { ...one, id: "CR_9", job: 9 }] }),
    );
    expect(nameRed({ red: [one] })).not.toBe(nameRed({ red: [other] }));
    expect(checksCause(redOn(HEAD))).toMatch(/^checks\/c{40}\/[0-9a-f]{16}$/);
  });
});

const published = gateOf({ state: "publishing", run: "500", runAttempt: 1, head: HEAD });
const judge = (checks: Partial<RedChecks>, facts: Partial<DispatchFacts> = {}, settings = {}) =>
  judgeRedChecks(
    atWork({ pullRequest: pullRequestOf(), gate: published, checks: redOn(HEAD, checks), ...facts }),
    settingsOf(settings),
  );
const runs = (...retries: ["first" | "waits" | "over", ...unknown[]][]) => ({
  red: retries.map((_, index) => ({ ...RED, run: String(index) })),
  runs: new Map(retries.map(([retry], index) => [String(index), retry])),
});
const ofRepair = (tree: string) =>
  done({
    cause: "checks/x/y",
    continues: {
      branch: "b",
      pullRequest: 34,
      head: "x",
      review: "",
      checks: { red: nameRed({ red: [RED] }), tree },
    },
  });

describe("red checks", () => {
  it("open an attempt", () => {
    expect(judge({})).toEqual({ kind: "repair" });
  });

  it("have failed jobs run again first, wait for them, and then open one", () => {
    expect(judge(runs(["over"], ["first"], ["waits"]))).toEqual({ kind: "rerun", runs: ["1"] });
    expect(judge(runs(["over"], ["waits"]))).toEqual({ kind: "leave" });
    expect(judge(runs(["over"]))).toEqual({ kind: "repair" });
  });

  it.each<[string, Partial<RedChecks>, Partial<DispatchFacts>, object]>([
    ["the branch is another repository's", { isOwn: false }, {}, {}],
    ["the head is not the recorded one", { head: "d".repeat(40) }, {}, {}],
    ["the pull request has moved", {}, { pullRequest: pullRequestOf({ headOid: "d".repeat(40) }) }, {}],
    ["no head is recorded", {}, { gate: gateOf({ state: "publishing", run: "500", runAttempt: 1 }) }, {}],
    ["not all of them are known", { isComplete: false }, {}, {}],
    ["they were red on the same tree", {}, { claims: claimsOf(done(), ofRepair("t")) }, {}],
    ["two attempts were for them", {}, { claims: claimsOf(ofRepair("u"), ofRepair("v")) }, {}],
    ["all attempts are used", {}, {}, { maxAttempts: 1 }],
    ["nobody lets PatchPilot retry", {}, {}, { allow: [] }],
    ["nothing may be changed", {}, {}, { autonomy: "plan" }],
  ])("are left to people if %s", (_, checks, facts, settings) => {
    expect(judge(checks, facts, settings)).toMatchObject({
      kind: "leave",
      note: expect.stringContaining("does not repair them"),
    });
  });

  it("are left without a word where they are nobody's, or not over", () => {
    expect(judge({ red: [] })).toEqual({ kind: "leave" });
    expect(judge({ isPending: true })).toEqual({ kind: "leave" });
  });
});
