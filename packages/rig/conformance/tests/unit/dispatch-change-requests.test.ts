import { expect, test } from "vitest";
import { claim, openWire, propose } from "../../worlds/run-actions.ts";
import {
  declinePullRequest,
  mergePullRequest,
  openScenario,
  orderIn,
  proposeFix,
  type RepairScenario,
  readComments,
  readPhase,
  takeOrder,
} from "../../worlds/scenario.ts";
import { SHOP } from "../../worlds/world.ts";

type Proposed = RepairScenario & { readonly issue: number; readonly pull: number };

/** Attempt 1 has a pull request, and dispatch knows. */
async function proposed(): Promise<Proposed> {
  const scenario = openScenario();
  return { ...scenario, ...(await proposeFix(scenario)) };
}

const review = ({ test, pull }: Proposed, login = "maya", body = "Test the empty cart, too") =>
  test.world.as(login).review(pull, {
    state: "changes_requested",
    body,
    comments: [{ path: "src/checkout.ts", line: 1, body: "Here" }],
  });

const headOf = ({ test, pull }: Proposed): string =>
  test.world.repository(SHOP).issues.get(pull)?.pull?.headOid ?? "";

/** A commit as propose makes it. */
const workerCommit = ({ test, issue }: Proposed, attempt: number): string =>
  test.world.as("github-actions[bot]").push({
    branch: `patchpilot/${issue}-a1`,
    message: `Again\n\nPatchPilot-Key: pp-4242-${issue}-a${attempt}\n`,
    files: { "src/checkout.ts": "export const total = 3;\n" },
  });

/** Its reviewer asks for changes. */
async function reviewed(): Promise<Proposed> {
  const stage = await proposed();
  review(stage);
  return stage;
}

/** Attempt 2 is dispatched to answer the review. */
async function answering(): Promise<Proposed> {
  const stage = await reviewed();
  await stage.tick();
  return stage;
}

/** GitHub refuses what a request is recognised by. */
function refusing({ test }: Proposed, isRefused: (request: Request) => boolean | Promise<boolean>) {
  const send = openWire(test);
  return async (...asked: Parameters<typeof fetch>): Promise<Response> => {
    const request = new Request(...asked);
    const isIt = await isRefused(request.clone());
    return isIt ? new Response('{"message":"No"}', { status: 403 }) : send(request);
  };
}

/** A person adds a commit to the attempt's branch. */
const pushByHand = ({ test, issue }: Proposed) =>
  void test.world.as("maya").push({
    branch: `patchpilot/${issue}-a1`,
    message: "By hand",
    files: { "src/checkout.ts": "1\n" },
  });

test("a reviewer with write access opens the next attempt on the same branch", async () => {
  const stage = await reviewed();
  const { outputs } = await stage.tick();
  expect(outputs.settled).toMatchObject([{ attempt: 1, outcome: "changes-requested" }]);
  expect(outputs.dispatched).toMatchObject([{ attempt: 2 }]);
  const run = stage.queueWorker();
  expect(orderIn(run.event)).toMatchObject({
    autonomy: "draft-pr",
    branch: `patchpilot/${stage.issue}-a1`,
    pullRequest: stage.pull,
    expectedHead: headOf(stage),
    review: { author: "maya", text: "Test the empty cart, too\n\nsrc/checkout.ts, line 1: Here" },
    previousAttempts: [{ attempt: 1, outcome: "changes-requested", pullRequest: stage.pull }],
  });
  const { outputs: claimed } = await claim(stage.test, run);
  expect(claimed).toMatchObject({
    proceed: true,
    branch: `patchpilot/${stage.issue}-a1`,
    "base-sha": headOf(stage),
  });
  expect(readPhase(stage.test, stage.issue)).toBe("working");
  expect(stage.test.simulator.violations).toEqual([]);
});

test("it is at work until something was added, and proposed then", async () => {
  const stage = await answering();
  await stage.startWorker();
  await stage.tick();
  expect(readPhase(stage.test, stage.issue)).toBe("working");
  workerCommit(stage, 2);
  await stage.tick();
  expect(readPhase(stage.test, stage.issue)).toBe("proposed");
  expect(readComments(stage.test, stage.issue)).toContain("🔴 Your turn: review #2");
});

test("the next attempt adds its commit to the pull request, and nobody loses one", async () => {
  const stage = await answering();
  const before = headOf(stage);
  const run = stage.queueWorker();
  const { outputs: claimed } = await claim(stage.test, run);
  const patch = Buffer.from(
    "diff --git a/src/empty.ts b/src/empty.ts\nnew file mode 100644\n--- /dev/null\n+++ b/src/empty.ts\n@@ -0,0 +1 @@\n+export const empty = 0;\n",
  );
  const proposal = await propose(stage.test, { ...run, claimed, patch });
  expect(proposal.outputs).toMatchObject({ verdict: "proposed", pr: stage.pull });
  const { git } = stage.test.world.repository(SHOP);
  expect(git.commit(headOf(stage))?.parents).toEqual([before]);
  await stage.tick();
  expect(readPhase(stage.test, stage.issue)).toBe("proposed");
  expect(stage.test.simulator.violations).toEqual([]);
});

test("one review opens one attempt; the next one opens another", async () => {
  const stage = await answering();
  const worker = await stage.startWorker();
  workerCommit(stage, 2);
  worker.end("success");
  expect((await stage.tick()).outputs.dispatched).toEqual([]);
  review(stage, "maya", "Better, but rename it");
  expect((await stage.tick()).outputs.dispatched).toMatchObject([{ attempt: 3 }]);
});

test("an attempt that added nothing is followed by one on the same branch", async () => {
  const stage = await answering();
  (await stage.startWorker()).end("failure");
  const { outputs } = await stage.tick();
  expect(outputs).toMatchObject({
    settled: [{ attempt: 2, outcome: "failed" }],
    dispatched: [{ attempt: 3 }],
  });
  expect(takeOrder(stage)).toMatchObject({ pullRequest: stage.pull, review: { author: "maya" } });
});

test("a worker stands back where the branch moved after the review", async () => {
  const stage = await answering();
  const run = stage.queueWorker();
  pushByHand(stage);
  const { outputs, lines } = await claim(stage.test, run);
  expect(outputs.proceed).toBe(false);
  expect(lines[0]?.text).toContain("is no longer at the commit that was reviewed");
});

test("a branch with a person's commit is left to people, and that is said once", async () => {
  const stage = await proposed();
  pushByHand(stage);
  review(stage);
  expect((await stage.tick()).outputs.dispatched).toEqual([]);
  const said = readComments(stage.test, stage.issue);
  expect(said).toMatch(
    /^<details><summary>Repair attempt 1 waits for review<\/summary>\n\n.*someone else has pushed to its branch, so PatchPilot does not touch it/m,
  );
  stage.pass(5);
  expect((await stage.tick()).outputs.dispatched).toEqual([]);
  expect(readPhase(stage.test, stage.issue)).toBe("proposed");
  expect(readComments(stage.test, stage.issue)).toBe(said);
});

test.each<[string, (stage: Proposed) => void]>([
  [
    "by somebody who may not write",
    (stage) => {
      stage.test.world.setRole("eve", "triage");
      review(stage, "eve");
    },
  ],
  [
    "that was dismissed",
    (stage) => {
      const { id } = review(stage);
      stage.test.world.as("maya").dismissReview(id);
    },
  ],
  [
    "that the reviewer's approval followed",
    (stage) => {
      review(stage);
      stage.test.world.as("maya").review(stage.pull, { state: "approved" });
    },
  ],
  [
    "while the incident is on hold",
    (stage) => {
      review(stage);
      stage.test.world.as("maya").label(stage.issue, "patchpilot:hold");
    },
  ],
])("a change request %s changes nothing", async (_, act) => {
  const stage = await proposed();
  act(stage);
  const { outputs } = await stage.tick();
  expect([outputs.settled, outputs.dispatched]).toEqual([[], []]);
  expect(readPhase(stage.test, stage.issue)).toBe("proposed");
});

test("change requests count against `max-attempts`", async () => {
  const stage = await reviewed();
  const { outputs } = await stage.tick({ inputs: { "max-attempts": "1" } });
  expect(outputs.skipped).toMatchObject([{ reason: "attempts-exhausted" }]);
  expect(readPhase(stage.test, stage.issue)).toBe("needs-human");
});

test("a pull request that is closed while its next attempt waits is declined, not made anew", async () => {
  const stage = await reviewed();
  await stage.tick({ inputs: { "max-dispatches-per-hour": "0" } });
  expect(readPhase(stage.test, stage.issue)).toBe("requeued");
  stage.pass(1);
  declinePullRequest(stage);
  const { outputs } = await stage.tick();
  expect(outputs.skipped).toMatchObject([{ reason: "needs-human" }]);
  expect(readPhase(stage.test, stage.issue)).toBe("needs-human");
});

test("the pull request that an attempt goes on with may be merged or closed meanwhile", async () => {
  const stage = await answering();
  await stage.startWorker();
  mergePullRequest(stage);
  const { outputs } = await stage.tick();
  expect(outputs.settled).toMatchObject([{ attempt: 2, outcome: "merged" }]);
  expect(readPhase(stage.test, stage.issue)).toBe("verifying");
});

/** Attempt 2 was to answer a review and failed; attempt 3 waits for its turn. */
async function answeredInVain(): Promise<Proposed & { readonly reviewId: number }> {
  const stage = await proposed();
  const { id } = review(stage);
  await stage.tick();
  (await stage.startWorker()).end("failure");
  await stage.tick({ inputs: { "max-dispatches-per-hour": "0" } });
  expect(readPhase(stage.test, stage.issue)).toBe("requeued");
  stage.pass(1);
  return { ...stage, reviewId: id };
}

test.each<[string, (stage: Awaited<ReturnType<typeof answeredInVain>>) => void, string, RegExp]>([
  ["merged", (stage) => void mergePullRequest(stage), "verifying", /^someone merged its pull request$/],
  ["closed", declinePullRequest, "needs-human", /was closed/],
  ["pushed to by a person", pushByHand, "needs-human", /^someone else has pushed to its branch/],
  [
    "free of the review, which was dismissed",
    ({ test, reviewId }) => void test.world.as("maya").dismissReview(reviewId),
    "needs-human",
    /the reviewer no longer asks for changes/,
  ],
])(
  "after an answer that failed, a pull request that is %s is left to people",
  async (_, act, reason, detail) => {
    const stage = await answeredInVain();
    act(stage);
    const { outputs } = await stage.tick();
    expect(outputs.dispatched).toEqual([]);
    expect(outputs.skipped).toMatchObject([{ reason, detail: expect.stringMatching(detail) }]);
    expect(stage.test.simulator.violations).toEqual([]);
  },
);

test("a retry never goes on with a branch that holds a person's commit", async () => {
  const stage = await answeredInVain();
  pushByHand(stage);
  stage.test.world.as("maya").label(stage.issue, "patchpilot:retry");
  expect((await stage.tick()).outputs.dispatched).toMatchObject([{ attempt: 3 }]);
  expect(takeOrder(stage)).not.toHaveProperty("branch");
});

test("a review that a retry answers opens no other attempt", async () => {
  const stage = await reviewed();
  await stage.tick({ inputs: { "max-attempts": "1" } });
  stage.test.world.as("maya").label(stage.issue, "patchpilot:retry");
  expect((await stage.tick()).outputs.dispatched).toMatchObject([{ attempt: 2 }]);
  expect(takeOrder(stage)).toMatchObject({ pullRequest: stage.pull });
  const worker = await stage.startWorker();
  workerCommit(stage, 2);
  worker.end("success");
  const { outputs } = await stage.tick();
  expect([outputs.settled, outputs.dispatched]).toEqual([[], []]);
  expect(readPhase(stage.test, stage.issue)).toBe("proposed");
});

test("no worker is started for a review that cannot be read, and a person is told", async () => {
  const stage = await reviewed();
  const fetch = refusing(stage, async (request) => (await request.text()).includes("query Review("));
  for (const _ of ["tried", "tried again"]) {
    const { outputs } = await stage.tick({ fetch });
    expect(outputs.skipped).toMatchObject([
      { reason: "dispatch-refused", detail: expect.stringMatching(/^the review could not be read: /) },
    ]);
    stage.pass(1);
  }
  await stage.tick({ fetch });
  expect(readPhase(stage.test, stage.issue)).toBe("needs-human");
  stage.test.world.as("maya").label(stage.issue, "patchpilot:retry");
  expect((await stage.tick()).outputs.dispatched).toMatchObject([{ attempt: 2 }]);
  expect(takeOrder(stage)).toMatchObject({ review: { author: "maya" } });
});

test.each<[string, (stage: Proposed) => unknown, string, string]>([
  ["merged", mergePullRequest, "merged", "verifying"],
  ["closed", declinePullRequest, "declined", "needs-human"],
])(
  "a worker that GitHub refused to start is started no more once the pull request is %s",
  async (_, end, outcome, phase) => {
    const stage = await reviewed();
    const fetch = refusing(stage, ({ url }) => url.endsWith("/dispatches"));
    expect((await stage.tick({ fetch })).outputs.skipped).toMatchObject([{ reason: "dispatch-refused" }]);
    stage.pass(1);
    end(stage);
    const { outputs } = await stage.tick();
    expect(outputs.dispatched).toEqual([]);
    expect(outputs.settled).toMatchObject([{ attempt: 2, outcome }]);
    expect(readPhase(stage.test, stage.issue)).toBe(phase);
    expect(stage.test.simulator.violations).toEqual([]);
  },
);
