import type { Incident } from "@patchpilot/incident";
import type { SentryEvent } from "@patchpilot/sentry";
import { describe, expect, it } from "vitest";
import type { Candidate } from "../facts.ts";
import { inputsOf } from "../testing/fake-ports.ts";
import { accepted, incident } from "../testing/incidents.ts";
import { sentryEvent, sentryFrame, sentryIssue, sentryThrown } from "../testing/sentry.ts";
import { findAlike, nameLookalike } from "./alike.ts";
import { chooseCandidates } from "./choose.ts";
import { nameSubject, titleSubject } from "./identify.ts";
import { NOTHING_RECOGNISED } from "./recognise.ts";
import { scoreFailure } from "./score.ts";

const INPUTS = inputsOf({ "sentry-org": "acme", "sentry-token": "t", "sentry-projects": "shop,web,api" });

type Exceptions = SentryEvent["exceptions"];
type Link = { id: number; parent?: number; isGroup?: boolean; source?: string; handled?: boolean };

/** An exception of these places, `file:function`, with its place in the tree. */
function thrown(type: string, places: readonly string[], link?: Link): Exceptions[number] {
  const frames = places.map((place) => sentryFrame(...(place.split(":") as [string, string])));
  const { id, parent = null, isGroup = false, source = null, handled = null } = link ?? { id: null };
  const mechanism = link && { type: "chained", source, handled, id, parent, isGroup };
  return sentryThrown({ type, value: `${type} happened`, handled, frames, ...(mechanism && { mechanism }) });
}

/** An issue of another Sentry issue, of the same number. */
function candidate(number: number, exceptions: Exceptions, project = "shop"): Candidate {
  const issue = sentryIssue(String(number), { project: { id: project, slug: project } });
  const view = { state: "read" as const, issue, event: sentryEvent({ exceptions }) };
  return {
    occasion: "new",
    recognised: NOTHING_RECOGNISED,
    vouched: false,
    view,
    incident: incident(number),
  };
}

/** What becomes of two Sentry issues in one run. */
function judgeTwo(one: Candidate, other: Candidate): "duplicate" | "similar" | "unrelated" {
  const { chosen } = chooseCandidates([one, other], [], INPUTS);
  if (chosen.length === 1) return "duplicate";
  return alikeTo(other, [], [one, other]).includes(one.incident.number) ? "similar" : "unrelated";
}

const alikeTo = (one: Candidate, known: readonly Incident[], chosen: readonly Candidate[] = []): number[] => {
  const issue = one.incident.number;
  const naming = nameSubject(one, issue, INPUTS);
  return findAlike(
    { naming, issue },
    known,
    chosen.map((one) => nameLookalike(one, INPUTS)),
  ).map((found) => found.issue);
};

const TASK_GROUP = thrown("ExceptionGroup", ["app/main.py:main"], { id: 0, isGroup: true, handled: false });
const WRAPPER = thrown("JobFailedError", ["src/server.ts:main", "src/worker.ts:runJob"], { id: 0 });
const bundle = (...names: string[]) => [
  thrown(
    "TypeError",
    names.map((name) => `assets/index-BqK1a9Xy.js:${name}`),
  ),
];

describe("two Sentry issues", () => {
  const pay = thrown("ValueError", ["app/main.py:main", "app/pay.py:run"], { id: 1, parent: 0 });
  const mail = thrown("ConnectionError", ["app/main.py:main", "app/mail.py:run"], { id: 1, parent: 0 });
  const tax = thrown("TypeError", ["src/tax.ts:rateOf"], { id: 1, parent: 0, source: "cause" });
  const smtp = thrown("SmtpError", ["src/mail.ts:send"], { id: 1, parent: 0, source: "cause" });
  const hang = [thrown("App Hanging", ["App/Main.swift:main"])];

  it.each<[string, Exceptions, Exceptions, string]>([
    ["of one group with two causes", [pay, TASK_GROUP], [mail, TASK_GROUP], "similar"],
    ["of one group with one cause", [pay, TASK_GROUP], [pay, TASK_GROUP], "duplicate"],
    ["of one wrapper with two causes", [tax, WRAPPER], [smtp, WRAPPER], "similar"],
    ["of one wrapper with one cause", [tax, WRAPPER], [tax, WRAPPER], "duplicate"],
    ["of one entry point", hang, hang, "similar"],
    ["of one bundle without names", bundle("n", "t", "e", "r"), bundle("o", "i", "a", "s"), "similar"],
    [
      "of one bundle and two named functions",
      bundle("render", "t", "e"),
      bundle("onClick", "i", "a"),
      "unrelated",
    ],
    [
      "of one bundle and one named function",
      bundle("render", "t", "e"),
      bundle("render", "i", "a"),
      "duplicate",
    ],
    ["without a stack", [thrown("UnhandledRejection", [])], [thrown("UnhandledRejection", [])], "unrelated"],
  ])("%s", (_, one, other, expected) => {
    expect(judgeTwo(candidate(1, one), candidate(2, other))).toBe(expected);
    expect(judgeTwo(candidate(2, other), candidate(3, one))).toBe(expected);
  });

  it("of two projects with equal names are two incidents", () => {
    const error = [thrown("TypeError", ["src/index.ts:pay"])];
    expect(judgeTwo(candidate(1, error, "web"), candidate(2, error, "api"))).toBe("similar");
    expect(judgeTwo(candidate(1, error, "web"), candidate(2, error, "web"))).toBe("duplicate");
  });
});

describe("the main exception", () => {
  const pay = thrown("ValueError", ["app/pay.py:run"], { id: 1, parent: 0, handled: true });

  it("gives an incident its title, and a wrapper keeps its own", () => {
    expect(titleSubject(candidate(1, [pay, TASK_GROUP]), [])).toBe("ValueError: ValueError happened");
    expect(titleSubject(candidate(1, [pay, WRAPPER]), [])).toBe("JobFailedError: JobFailedError happened");
  });

  it("of no message gives its type alone", () => {
    const silent = { ...thrown("ClientDisconnect", []), value: "" };
    expect(titleSubject(candidate(1, [silent]), [])).toBe("ClientDisconnect");
  });

  it("leaves what its group says of handling: SDKs call members handled", () => {
    expect(scoreFailure(candidate(1, [pay, TASK_GROUP])).reasons.join("; ")).not.toContain("handled it");
  });
});

describe("an older record, which knows likeness alone", () => {
  const total = [thrown("TypeError", ["src/cart.ts:total"])];
  const older = (exceptions: Exceptions, sentry: { project?: string } = {}): Incident => {
    const { error } = nameSubject(candidate(7, exceptions), 7, INPUTS);
    const link = { organization: "acme", shortId: "SHOP-7", issueId: "7", ...sentry };
    return accepted(7, "7", {}, { fingerprint: error?.likeness ?? "", sentry: link });
  };
  const duplicates = (exceptions: Exceptions, known: Incident): boolean =>
    chooseCandidates([candidate(9, exceptions)], [known], INPUTS).chosen.length === 0;

  it("recognises a plain error of its project, or of an unknown one", () => {
    expect(duplicates(total, older(total, { project: "shop" }))).toBe(true);
    expect(duplicates(total, older(total))).toBe(true);
    expect(duplicates(total, older(total, { project: "web" }))).toBe(false);
  });

  it("is similar to what has a cause, or no telling name", () => {
    const wrapped = [thrown("SqlError", ["src/db.ts:query"]), ...total];
    expect(duplicates(wrapped, older(wrapped))).toBe(false);
    expect(alikeTo(candidate(9, wrapped), [older(wrapped)])).toEqual([7]);
    expect(duplicates(bundle("n", "t"), older(bundle("n", "t")))).toBe(false);
  });
});

it("what is alike is open, and says how it differs", () => {
  const one = candidate(9, bundle("n", "t"));
  const naming = nameSubject(one, 9, INPUTS);
  const data = { likeness: naming.error?.likeness };
  const known = [accepted(7, "7", {}, data), accepted(8, "8", { open: false }, data)];
  expect(findAlike({ naming, issue: 9 }, known, [nameLookalike(one, INPUTS)])).toEqual([
    {
      issue: 7,
      url: expect.stringContaining("/issues/7"),
      difference: "no function of the stack has a name that distinguishes one error from another",
    },
  ]);
});
