import { DAY, MINUTE } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { SENTRY_INPUTS } from "../../worlds/providers.ts";
import { readTurns, type SaidTurn } from "../../worlds/read-turns.ts";
import { declinePullRequest, readComments, readPhase } from "../../worlds/scenario.ts";
import { CRASH_ISSUE, openWalk, REACH, type Walk } from "../../worlds/walk.ts";

const NOTIFY = { notify: "maya @acme/on-call" };
const MENTION = "@maya @acme/on-call";
/** Nothing new is begun, so that a run only looks. */
const LOOKING = { ...NOTIFY, "max-dispatches-per-hour": "0" };

const DAY_IN_MINUTES = DAY / MINUTE;
const keysOf = (turns: readonly SaidTurn[]): string[] => turns.map(({ key }) => key);
const turnsOf = (walk: Walk): SaidTurn[] => readTurns(walk.test, CRASH_ISSUE);
/** Ticks as the README's workflow makes them, half an hour apart. */
async function tickOften(walk: Walk, times = 3): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    walk.pass(30);
    await walk.tick({ inputs: LOOKING });
    await walk.verify({ inputs: NOTIFY });
  }
}

async function fail(walk: Walk): Promise<void> {
  await REACH.working(walk);
  for (const _ of ["sent once more", "given up"]) {
    walk.pass(31);
    await walk.tick({ inputs: NOTIFY });
  }
}

describe.each([
  ["refuses the token", "revoked"],
  ["has no token", ""],
])("a fix of which nothing can be counted, since Sentry %s", (_, token) => {
  const KEY_UNREAD = "decide/e1/unread/a1";
  const UNREAD = { inputs: { ...NOTIFY, "sentry-token": token } };
  const look = async (walk: Walk, times: number, run = UNREAD): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      walk.goOn(8);
      await walk.tick({ inputs: LOOKING });
      await walk.verify(run);
    }
  };
  const openLive = async (): Promise<Walk> => {
    const walk = openWalk();
    await REACH.verifying(walk);
    walk.deploy();
    return walk;
  };

  test("waits up to the cap, and then makes one new comment with a mention", async () => {
    const walk = await openLive();
    await look(walk, 5);
    expect(keysOf(turnsOf(walk))).not.toContain(KEY_UNREAD);
    await look(walk, 3);
    const own = turnsOf(walk).filter(({ key }) => key === KEY_UNREAD);
    expect(own).toMatchObject([{ reminder: 0, isHidden: false, body: expect.stringContaining(MENTION) }]);
    expect(own[0]?.body).toContain("sentry-token");
  });

  test("is decided by its numbers once they can be read again", async () => {
    const walk = await openLive();
    await look(walk, 7);
    await look(walk, 1, { inputs: { ...NOTIFY, "sentry-token": SENTRY_INPUTS["sentry-token"] } });
    expect(turnsOf(walk).find(({ key }) => key === KEY_UNREAD)?.isHidden).toBe(true);
    expect(readComments(walk.test, CRASH_ISSUE)).toMatch(/^### .*\n\nThe errors have stopped/);
  });
});

test.each(["accepted", "working", "verifying", "requeued", "dismissed"] as const)(
  "%s is nobody's turn: what was said before is folded away",
  async (phase) => {
    const walk = openWalk();
    await REACH[phase](walk);
    await walk.tick({ inputs: LOOKING });
    expect(readPhase(walk.test, CRASH_ISSUE)).toBe(phase);
    expect(turnsOf(walk).filter(({ isHidden }) => !isHidden)).toEqual([]);
  },
);

describe("a turn that stays open", () => {
  const wait = async (walk: Walk, days: number) => {
    for (let half = 0; half < 2 * days; half += 1) {
      walk.pass(DAY_IN_MINUTES / 2);
      await walk.tick({ inputs: LOOKING });
    }
  };
  const openProposed = async (): Promise<Walk> => {
    const walk = openWalk();
    await REACH.proposed(walk);
    await tickOften(walk, 1);
    return walk;
  };

  test("is recalled after a day and after two more, and only the newest comment stays unfolded", async () => {
    const walk = await openProposed();
    await wait(walk, 4);
    expect(turnsOf(walk).map(({ reminder, isHidden }) => [reminder, isHidden])).toEqual([
      [0, true],
      [1, true],
      [2, false],
    ]);
  });

  test("is recalled by intake if nobody else reads the issue any more", async () => {
    const walk = openWalk();
    await fail(walk);
    for (let half = 0; half < 8; half += 1) {
      walk.pass(DAY_IN_MINUTES / 2);
      await walk.intake({ inputs: NOTIFY });
    }
    const lost = turnsOf(walk).filter(({ key }) => key === "decide/e1/lost/a1");
    expect(lost.map(({ reminder, isHidden }) => [reminder, isHidden])).toEqual([
      [0, true],
      [1, true],
      [2, false],
    ]);
  });

  test("is not recalled if someone has answered", async () => {
    const walk = await openProposed();
    walk.pass(1);
    walk.test.world.as("maya").comment(CRASH_ISSUE, "I look at it tomorrow.");
    await wait(walk, 4);
    expect(keysOf(turnsOf(walk))).toEqual(["review/a1"]);
  });

  test("is silent on hold, and announced once the hold is gone", async () => {
    const walk = openWalk();
    await REACH.proposed(walk);
    const maya = walk.test.world.as("maya");
    maya.label(CRASH_ISSUE, "patchpilot:hold");
    declinePullRequest(walk);
    await tickOften(walk, 2);
    expect(keysOf(turnsOf(walk))).not.toContain("decide/e1/declined/a1");
    maya.unlabel(CRASH_ISSUE, "patchpilot:hold");
    await tickOften(walk, 1);
    expect(keysOf(turnsOf(walk))).toContain("decide/e1/declined/a1");
  });
});
