import { OUTCOMES } from "@patchpilot/incident";
import { afterAll, beforeAll, expect, it, type Mock, vi } from "vitest";
import type { DispatchFacts } from "../facts.ts";
import { claimsOf, intent } from "../testing/claims.ts";
import { atWork, factsOf, settingsOf } from "../testing/facts.ts";
import { closedAs, working } from "../testing/gates.ts";
import { merged, pullRequestOf } from "../testing/runs.ts";

/** The questions that a standing answers, by the module that answers them. */
const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  "./standing.ts": ["standingOf"],
  "./newest-attempt.ts": ["judgeNewest"],
  "./claims.ts": ["attemptsInEpisode", "countInterruptions"],
  "./commands.ts": ["findCommands"],
  "./groundwork.ts": ["judgeApproval", "layGround"],
  "./reply.ts": ["findReply"],
  "./review.ts": ["findReview"],
  "./disproved.ts": ["findDisproved"],
  "./merge.ts": ["judgeMerge"],
  "./causes.ts": ["findCause"],
  "./resumption.ts": ["findResumption"],
  "./wait.ts": ["findWait"],
  "./depth.ts": ["judgeDepth"],
};

type Module = Readonly<Record<string, Mock>>;
let modules: (readonly [string, Module])[];
let choose: typeof import("./choose.ts").choose;
let settleAttempt: typeof import("./settle.ts").settleAttempt;

// Workers share their modules among test files: these spies are this file's alone.
beforeAll(async () => {
  vi.resetModules();
  for (const path of Object.keys(QUESTIONS)) vi.doMock(path, { spy: true });
  modules = await Promise.all(
    Object.keys(QUESTIONS).map(async (path) => [path, (await import(path)) as Module] as const),
  );
  ({ choose } = await import("./choose.ts"));
  ({ settleAttempt } = await import("./settle.ts"));
});
afterAll(() => {
  for (const path of Object.keys(QUESTIONS)) vi.doUnmock(path);
  vi.resetModules();
});

const counts = (): [string, number][] =>
  modules.flatMap(([path, module]) =>
    (QUESTIONS[path] ?? []).map((name): [string, number] => [name, module[name]?.mock.calls.length ?? -1]),
  );
const once = Object.values(QUESTIONS).flatMap((names) => names.map((name) => [name, 1]));

const incidents: readonly (readonly [string, DispatchFacts])[] = [
  ["was never claimed", factsOf()],
  ["is claimed and not confirmed", factsOf({ claims: claimsOf(intent()), gate: working })],
  ["was lost", atWork()],
  ["is proposed", atWork({ pullRequest: pullRequestOf() })],
  ...OUTCOMES.map((outcome): [string, DispatchFacts] => [
    `ended as ${outcome}`,
    atWork({ gate: closedAs(outcome), pullRequest: merged }),
  ]),
];

it.each(incidents)("each question about an incident that %s is answered once", (_, facts) => {
  const settings = settingsOf();
  const settlement = settleAttempt(facts, settings);
  vi.clearAllMocks();
  choose(facts, settlement, settings);
  expect(counts()).toEqual(once);
});
