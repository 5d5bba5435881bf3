import { PHASE_TABLE, PHASES, type Phase } from "@patchpilot/incident";
import { describe, expect, test } from "vitest";
import { findHead, mergeByHand } from "../../worlds/live-app.ts";
import { deployToVercel } from "../../worlds/providers.ts";
import {
  declinePullRequest,
  findOpenPull,
  mergePullRequest,
  publishFix,
  readComments,
  readPhase,
  type Worker,
} from "../../worlds/scenario.ts";
import { CRASH_ISSUE, openAskedWalk, openWalk, REACH, type Walk } from "../../worlds/walk.ts";
import { SHOP } from "../../worlds/world.ts";

type Step = (walk: Walk) => Promise<unknown>;

/** How the first comment begins in each phase. */
const HEADINGS: Readonly<Record<Phase, RegExp>> = {
  accepted: /^### 🟡 (?:Accepted|It is back)/u,
  working: /^### 🟡 Being repaired/u,
  proposed: /^### 🔴 Your turn: review #\d+$/u,
  verifying: /^### 🟡 (?:Live|Merged|Production lost)/u,
  requeued: /^### 🟡 (?:Not fixed yet|Attempt \d+ published nothing)/u,
  "needs-human": /^### 🔴 (?:Needs you|Your turn)/u,
  recovered: /^### 🟢 Recovered$/u,
  done: /^### 🟢 Done$/u,
  dismissed: /^### ⚪ Closed by a person$/u,
};
const CLOSED: readonly Phase[] = ["recovered", "done", "dismissed"];

/** Status comment, label and the state of the issue say the same. */
function expectAgreement({ test: world }: Walk): void {
  const phase = readPhase(world, CRASH_ISSUE);
  const [status = ""] = readComments(world, CRASH_ISSUE).split("\n");
  expect([phase, status]).toEqual([phase, expect.stringMatching(HEADINGS[phase])]);
  const isOpen = world.world.repository(SHOP).issues.get(CRASH_ISSUE)?.state === "open";
  expect([phase, isOpen]).toEqual([phase, !CLOSED.includes(phase)]);
}

/** The same walk, in which they are compared after every run of an action. */
function compareAfterEachRun(walk: Walk): Walk {
  const compare =
    <A extends readonly unknown[], R>(run: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const result = await run(...args);
      if (readComments(walk.test, CRASH_ISSUE) !== "") expectAgreement(walk);
      return result;
    };
  const startWorker = async (): Promise<Worker> => {
    const worker = await walk.startWorker();
    return { ...worker, publish: compare(worker.publish) };
  };
  return {
    ...walk,
    startWorker,
    intake: compare(walk.intake),
    tick: compare(walk.tick),
    verify: compare(walk.verify),
  };
}

const crashing = { crashEvery: 20 };

/** A person closes the issue; the next scheduled run sees it. */
const dismiss: Step = (walk) => {
  walk.test.world.as("maya").closeIssue(CRASH_ISSUE);
  return walk.tick();
};

/** A person's own fix is merged and live. */
function fixByHand(walk: Walk): void {
  walk.pass(1);
  mergeByHand(walk, `Refs #${CRASH_ISSUE}`);
  walk.deploy();
}

const lookSoon: Step = (walk) => {
  fixByHand(walk);
  walk.goOn(0.5);
  return walk.verify();
};

/** Nobody looks before the proof is complete. */
const lookLate: Step = (walk) => {
  fixByHand(walk);
  walk.goOn(6);
  return walk.verify();
};

/** A person opens again what was closed. */
const reopenAndLook: Step = (walk) => {
  walk.pass(60);
  walk.test.world.as("maya").reopenIssue(CRASH_ISSUE);
  return walk.tick();
};

/** A newer release brings the error back for so many hours. */
const breakAgain = (walk: Walk, hours: number): void => {
  walk.sentry.setStatus("SHOP-1", "resolved");
  const files = { "src/checkout.ts": "export const total = undefined;\n" };
  walk.test.world.as("maya").push({ branch: "main", message: "Break it again", files });
  walk.pass(60);
  walk.deploy();
  walk.goOn(hours, crashing);
};

const regress: Step = (walk) => {
  breakAgain(walk, 1);
  return walk.intake();
};

const relapse: Step = (walk) => {
  breakAgain(walk, 25);
  return walk.verify();
};

/** Production goes back to the commit before the fix. */
const undeploy: Step = (walk) => {
  const { git } = walk.test.world.repository(SHOP);
  const before = git.commit(findHead(walk))?.parents[0] ?? "";
  walk.pass(60);
  deployToVercel(walk.test, walk.vercel, before);
  walk.goOn(6, { release: before, crashEvery: 20 });
  return walk.verify();
};

const deployAndLook =
  (life: Parameters<Walk["goOn"]>[1]): Step =>
  (walk) => {
    walk.deploy();
    walk.goOn(6, life);
    return walk.verify();
  };

/** What happens on each arrow of the table; where nothing is listed, a person reopens what was dismissed. */
const STEPS: Readonly<Record<string, Step>> = {
  "accepted → working": (walk) => walk.tick(),
  "accepted → verifying": lookSoon,
  "accepted → recovered": lookLate,
  "accepted → needs-human": (walk) => walk.tick({ inputs: { "min-severity": "critical" } }),
  "working → proposed": async (walk) => {
    await publishFix(walk);
    await walk.tick();
  },
  "working → verifying": async (walk) => {
    await publishFix(walk);
    mergePullRequest(walk);
    await walk.tick();
  },
  "working → requeued": async (walk) => {
    (await walk.startWorker()).end("failure");
    await walk.tick({ inputs: { "max-dispatches-per-hour": "1" } });
  },
  "working → needs-human": async (walk) => {
    for (const _ of ["sent once more", "given up"]) {
      walk.pass(31);
      await walk.tick();
    }
  },
  "working → recovered": lookLate,
  "proposed → working": (walk) => {
    walk.pass(1);
    const { number } = findOpenPull(walk.test);
    walk.test.world.as("maya").review(number, { state: "changes_requested", body: "Test it" });
    return walk.tick();
  },
  "proposed → verifying": (walk) => {
    mergePullRequest(walk);
    return walk.tick();
  },
  "proposed → requeued": (walk) => {
    walk.pass(5);
    mergePullRequest(walk);
    return deployAndLook(crashing)(walk);
  },
  "proposed → needs-human": (walk) => {
    declinePullRequest(walk);
    return walk.tick();
  },
  "proposed → recovered": (walk) => {
    mergePullRequest(walk);
    return deployAndLook({})(walk);
  },
  "verifying → recovered": deployAndLook({}),
  "verifying → requeued": deployAndLook(crashing),
  "verifying → needs-human": async (walk) => {
    walk.deploy();
    for (let day = 1; day <= 4; day += 1) {
      walk.goOn(24, { sessions: 0 });
      await walk.verify();
    }
  },
  "requeued → working": (walk) => walk.tick(),
  "requeued → verifying": lookSoon,
  "requeued → recovered": lookLate,
  "requeued → needs-human": (walk) => {
    walk.pass(1);
    return walk.tick({ inputs: { "max-attempts": "1" } });
  },
  "needs-human → working": (walk) => {
    walk.test.world.as("maya").label(CRASH_ISSUE, "patchpilot:retry");
    return walk.tick();
  },
  "needs-human → verifying": lookSoon,
  "needs-human → recovered": lookLate,
  "recovered → accepted": relapse,
  "recovered → verifying": undeploy,
  "recovered → needs-human": reopenAndLook,
  "dismissed → accepted": regress,
  "done → needs-human": reopenAndLook,
};

/** Work that a person asked for ends without a number: its fix is live, and that is all. */
const doneByHand: Step = (walk) => {
  fixByHand(walk);
  walk.pass(5);
  return walk.verify();
};

/** How incidents of which nothing is measured come to be done. */
const ASKED_STEPS: Readonly<Partial<Record<Phase, Step>>> = {
  accepted: doneByHand,
  working: doneByHand,
  requeued: doneByHand,
  "needs-human": doneByHand,
  proposed: async (walk) => {
    walk.pass(5);
    mergePullRequest(walk);
    walk.deploy();
    walk.pass(5);
    await walk.verify();
  },
  verifying: async (walk) => {
    walk.deploy();
    walk.pass(5);
    await walk.verify();
  },
};

/** No number disproves such a fix, so only a worker that failed leads to another attempt. */
const ASKED_REACH: Readonly<Record<Phase, (walk: Walk) => Promise<void>>> = {
  ...REACH,
  requeued: async (walk) => {
    await REACH.working(walk);
    await STEPS["working → requeued"]?.(walk);
  },
};

/** An incident comes to `to`, a person closes it and opens it again. */
async function reopen(walk: Walk, to: Phase): Promise<void> {
  await REACH[to](walk);
  await dismiss(walk);
  expect(readPhase(walk.test, CRASH_ISSUE)).toBe("dismissed");
  walk.test.world.as("maya").reopenIssue(CRASH_ISSUE);
  await walk.tick({ inputs: { "max-dispatches-per-hour": "0" } });
}

describe("every arrow of the phase table is walked by real runs", () => {
  const arrows = PHASES.flatMap((from) => PHASE_TABLE[from].next.map((to): [Phase, Phase] => [from, to]));
  test.each(arrows)("%s → %s", async (from, to) => {
    const isAsked = from === "done" || to === "done";
    const walk = compareAfterEachRun(isAsked ? openAskedWalk() : openWalk());
    const step = to === "dismissed" ? dismiss : to === "done" ? ASKED_STEPS[from] : STEPS[`${from} → ${to}`];
    if (step === undefined) {
      await reopen(walk, to);
    } else {
      await (isAsked ? ASKED_REACH : REACH)[from](walk);
      expect(readPhase(walk.test, CRASH_ISSUE)).toBe(from);
      await step(walk);
    }
    expect(readPhase(walk.test, CRASH_ISSUE)).toBe(to);
    expectAgreement(walk);
  });
});

describe("an attempt that publishes nothing is shown by the run that found it", () => {
  const ENDS: Readonly<Record<string, Parameters<Worker["publish"]>[0]>> = {
    "a patch that is refused": { patch: Buffer.from("no patch") },
    "a run without a patch": { inputs: { patch: "", "patch-sha256": "" } },
    "a run that may not make a branch": {
      permissions: { contents: "read", issues: "write", pull_requests: "write" },
    },
  };
  const statusOf = (walk: Walk): string => readComments(walk.test, CRASH_ISSUE).split("\n")[0] ?? "";
  const SHOWN = "### 🟡 Attempt 1 published nothing";

  test.each(Object.entries(ENDS))("%s", async (_, options) => {
    const walk = compareAfterEachRun(openWalk());
    await REACH.working(walk);
    const worker = await walk.startWorker();
    await worker.publish(options).catch(() => undefined);
    expectAgreement(walk);
    expect([readPhase(walk.test, CRASH_ISSUE), statusOf(walk)]).toEqual(["requeued", SHOWN]);
    // A tick comes before the run has ended: it takes nothing back.
    await walk.tick();
    expect(statusOf(walk)).toBe(SHOWN);
    worker.end("failure");
    await walk.tick({ inputs: { "max-dispatches-per-hour": "0" } });
    expect(statusOf(walk)).toBe("### 🟡 Not fixed yet, another attempt comes next");
  });

  test("what another run of the attempt does is not said to have ended", async () => {
    const walk = openWalk();
    await REACH.working(walk);
    const worker = await walk.startWorker();
    await worker.publish({ runId: 1, patch: Buffer.from("no patch") });
    expect(readPhase(walk.test, CRASH_ISSUE)).toBe("working");
  });
});

test("a repair workflow that never starts is named to the person who has to look", async () => {
  const walk = openWalk();
  await REACH.working(walk);
  await STEPS["working → needs-human"]?.(walk);
  expect(readComments(walk.test, CRASH_ISSUE)).toMatch(
    /GitHub was asked for it twice, and no run began.*`patchpilot-repair`/,
  );
});

test.each(["accepted", "requeued"] as const)(
  "hold keeps an %s incident where it is until it is taken off",
  async (phase) => {
    const walk = openWalk();
    await REACH[phase](walk);
    const maya = walk.test.world.as("maya");
    maya.label(CRASH_ISSUE, "patchpilot:hold");
    const { outputs } = await walk.tick();
    expect(outputs.skipped).toMatchObject([{ issue: CRASH_ISSUE, reason: "held" }]);
    expect(readPhase(walk.test, CRASH_ISSUE)).toBe(phase);
    maya.unlabel(CRASH_ISSUE, "patchpilot:hold");
    await walk.tick();
    expect(readPhase(walk.test, CRASH_ISSUE)).toBe("working");
  },
);

test("a dismissed incident is not accepted again while only old releases report the error", async () => {
  const walk = openWalk();
  await REACH.dismissed(walk);
  walk.sentry.setStatus("SHOP-1", "resolved");
  walk.goOn(1, crashing);
  await walk.intake();
  expect(readPhase(walk.test, CRASH_ISSUE)).toBe("dismissed");
});
