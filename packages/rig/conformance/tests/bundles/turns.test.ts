import { createHash } from "node:crypto";
import { makeRepairResult } from "@patchpilot/incident/testing";
import { assertNoViolations } from "@patchpilot/simulators/github";
import { afterEach, describe, expect, test } from "vitest";
import { readTurns, type SaidTurn } from "../../worlds/read-turns.ts";
import { declinePullRequest, endWith, type Publication, publishFix } from "../../worlds/scenario.ts";
import { CRASH_ISSUE, type Moves, openAskedWalk, REACH } from "../../worlds/walk.ts";
import { REPOSITORY_ID, SHOP } from "../../worlds/world.ts";
import { type BundleWalk, openBundleWalk } from "./support/open-bundle-walk.ts";

const DAY_IN_HOURS = 24;
const NOTIFY = { notify: "maya @acme/on-call" };
const MENTION = "@maya @acme/on-call";
/** Nothing new is begun, so that a run only looks. */
const LOOKING = { ...NOTIFY, "max-dispatches-per-hour": "0" };

const turnsOf = ({ test: world }: Moves): SaidTurn[] => readTurns(world, CRASH_ISSUE);
const countComments = ({ test: { world } }: Moves): number =>
  world
    .repository(SHOP)
    .comments.list()
    .filter(({ issueNumber }) => issueNumber === CRASH_ISSUE).length;

async function fail(walk: Moves): Promise<void> {
  await REACH.working(walk);
  for (const _ of ["sent once more", "given up"]) {
    walk.pass(31);
    await walk.tick({ inputs: NOTIFY });
  }
}

/** The key of the first attempt. */
const KEY = `pp-${REPOSITORY_ID}-${CRASH_ISSUE}-a1`;

/** The first attempt changes nothing, and leaves words. */
async function endAs(walk: Moves, result: Readonly<Record<string, unknown>>): Promise<void> {
  await REACH.working(walk);
  await endWith(walk, "success", { result: "no-change", summary: "I changed nothing.", ...result });
  await walk.tick({ inputs: NOTIFY });
}

async function propose(walk: Moves, options: Publication): Promise<void> {
  await REACH.working(walk);
  await publishFix(walk, { inputs: NOTIFY, ...options });
  await walk.tick({ inputs: NOTIFY });
}

/** Each way to a person's turn, or to the end, and what the turn that is announced there begins with. */
const TURNS: readonly [what: string, go: (walk: Moves) => Promise<unknown>, key: string][] = [
  ["a draft pull request", (walk) => propose(walk, {}), "review/a1"],
  [
    "a draft pull request whose run cannot write on the issue",
    async (walk) => {
      await propose(walk, { permissions: { contents: "write", pull_requests: "write", issues: "read" } });
      expect(turnsOf(walk)).toEqual([]);
    },
    "review/a1",
  ],
  [
    "a pull request that was closed",
    async (walk) => {
      await REACH.proposed(walk);
      declinePullRequest(walk);
      await walk.tick({ inputs: NOTIFY });
    },
    "decide/e1/declined/a1",
  ],
  [
    "a plan",
    async (walk) => {
      await REACH.accepted(walk);
      await walk.tick({ inputs: { ...NOTIFY, approval: "label" } });
      const worker = await walk.startWorker();
      const text = "1. Return early if the cart is empty.";
      const plan = { text, sha256: createHash("sha256").update(text).digest("hex") };
      await worker.publish({
        inputs: NOTIFY,
        permissions: { contents: "write", pull_requests: "write", issues: "write" },
        result: makeRepairResult({ key: KEY, result: "plan", plan }),
      });
      worker.end("success");
      walk.pass(1);
      await walk.tick({ inputs: NOTIFY });
    },
    "plan/a1",
  ],
  [
    "a question of the agent",
    (walk) => endAs(walk, { ending: "asked", question: "Which currency?" }),
    "answer/a1",
  ],
  ["a report", (walk) => endAs(walk, { ending: "reported", report: "All is well." }), "report/a1"],
  [
    "attempts that publish nothing, until none is left",
    async (walk) => {
      await REACH.working(walk);
      const worker = await walk.startWorker();
      await worker.publish({ inputs: NOTIFY, patch: Buffer.from("no patch") });
      worker.end("failure");
      await walk.tick({ inputs: { ...NOTIFY, "max-attempts": "1" } });
    },
    "decide/e1/spent/a1",
  ],
  ["a worker that never starts", fail, "decide/e1/lost/a1"],
  [
    "an incident below the severity",
    async (walk) => {
      await walk.intake({ inputs: NOTIFY });
      await walk.tick({ inputs: { ...NOTIFY, "min-severity": "critical" } });
    },
    "decide/e1/below-severity",
  ],
  [
    "a patch whose tests show too little",
    (walk) => propose(walk, { inputs: { ...NOTIFY, "require-proof": "proven" } }),
    "publish/a1",
  ],
  [
    "a fix that is never deployed",
    async (walk) => {
      await REACH.verifying(walk);
      walk.goOn(8 * DAY_IN_HOURS);
      await walk.verify({ inputs: NOTIFY });
    },
    "deploy/e1/a1",
  ],
  [
    "a fix after which nobody comes any more",
    async (walk) => {
      walk.goOn(8 * DAY_IN_HOURS, { crashEvery: 20 });
      await REACH.verifying(walk);
      walk.deploy();
      walk.goOn(1);
      walk.pass(120);
      await walk.verify({ inputs: NOTIFY });
    },
    "traffic/e1/a1",
  ],
  [
    "a fix that does not help in an issue that was to be tried once",
    async (walk) => {
      await REACH.verifying(walk);
      walk.deploy();
      walk.goOn(6, { crashEvery: 20 });
      await walk.verify({ inputs: { ...NOTIFY, "max-attempts": "1" } });
    },
    "decide/e1/failing/a1",
  ],
  [
    "an issue that a person opens again",
    async (walk) => {
      await REACH.recovered(walk);
      walk.pass(5);
      walk.test.world.as("maya").reopenIssue(CRASH_ISSUE);
      await walk.tick({ inputs: LOOKING });
    },
    "reopened/e1",
  ],
  [
    "a recovery",
    async (walk) => {
      await REACH.verifying(walk);
      walk.deploy();
      walk.goOn(6);
      await walk.verify({ inputs: NOTIFY });
    },
    "recovered/e1",
  ],
];

let walk: BundleWalk | undefined;
afterEach(async () => {
  await walk?.close();
  walk = undefined;
});

type Inputs = Readonly<Record<string, string>>;

/** Ticks as the README's workflow makes them, half an hour apart. */
async function tickOften(moves: Moves, times: number, inputs: Inputs): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    moves.pass(30);
    await moves.tick({ inputs: LOOKING });
    await moves.verify({ inputs: { ...NOTIFY, ...inputs } });
  }
}

async function expectOneComment(moves: Moves, key: string, inputs: Inputs = {}): Promise<void> {
  await tickOften(moves, 1, inputs);
  const own = turnsOf(moves).filter((turn) => `${turn.key}/`.startsWith(`${key}/`));
  expect(own).toMatchObject([{ reminder: 0, isHidden: false }]);
  expect(own[0]?.body).toContain(MENTION);
  const before = countComments(moves);
  await tickOften(moves, 3, inputs);
  expect(countComments(moves)).toBe(before);
  assertNoViolations(moves.test.simulator);
}

describe("one new comment with a mention, and none in repeated ticks, is made by", () => {
  test.each(TURNS)("%s", async (_, go, key) => {
    walk = await openBundleWalk();
    await go(walk);
    await expectOneComment(walk, key);
  });

  test("work that is merged", async () => {
    walk = await openBundleWalk(openAskedWalk);
    await REACH.verifying(walk);
    walk.deploy();
    walk.pass(5);
    await expectOneComment(walk, "done/e1");
  });

  test.each([
    ["refuses the token", "revoked"],
    ["has no token", ""],
  ])("a fix of which nothing can be counted, since Sentry %s", async (_, token) => {
    const inputs = { "sentry-token": token };
    walk = await openBundleWalk();
    await REACH.verifying(walk);
    walk.deploy();
    for (let look = 0; look < 7; look += 1) {
      walk.goOn(8);
      await walk.verify({ inputs: { ...NOTIFY, ...inputs } });
    }
    await expectOneComment(walk, "decide/e1/unread/a1", inputs);
  });
});
