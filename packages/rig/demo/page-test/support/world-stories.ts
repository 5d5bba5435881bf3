import { createHash } from "node:crypto";
import { contract as proposeContract } from "@patchpilot/action-propose/contract";
import { permissionsWhen } from "@patchpilot/conformance/worlds/permissions-of";
import { endWith } from "@patchpilot/conformance/worlds/scenario";
import { CRASH_ISSUE, openAskedWalk, openWalk, REACH, type Walk } from "@patchpilot/conformance/worlds/walk";
import { REPOSITORY_ID, SHOP, STATE_KEY } from "@patchpilot/conformance/worlds/world";
import { makeRepairResult } from "@patchpilot/incident/testing";
import type { PageContent } from "../../src/page/demo-page.ts";
import { viewGitHub } from "../../src/story/github-view.ts";
import { openMailbox } from "../../src/story/mailbox.ts";

/** What the demo does not play, as the actions leave it in a world of the conformance tests; by name. */
export const WORLD_STORIES: Readonly<Record<string, () => Promise<PageContent>>> = {
  "crash-to-review": tell(openWalk, REACH.proposed),
  "crash-live": tell(openWalk, async (walk) => {
    await REACH.verifying(walk);
    walk.deploy();
    walk.goOn(1);
    await walk.verify();
  }),
  "crash-declined": tell(openWalk, REACH["needs-human"]),
  "request-to-review": tell(openAskedWalk, REACH.proposed),
  "request-done": tell(openAskedWalk, REACH.done),
  "question-to-answer": tell(openAskedWalk, async (walk) => {
    await REACH.working(walk);
    await endWith(walk, "success", {
      result: "no-change",
      ending: "asked",
      question: "Which currency do the totals have?",
      summary: "I changed nothing.",
    });
    await walk.tick();
  }),
  "plan-to-approve": tell(openWalk, makePlan),
};

/** The first attempt was to plan, and its plan is on the issue. */
async function makePlan(walk: Walk): Promise<void> {
  const run = { inputs: { approval: "label" } };
  await REACH.accepted(walk);
  await walk.tick(run);
  const worker = await walk.startWorker();
  const text =
    "1. Return early in `src/checkout.ts` if the cart is empty.\n2. Add a test with an empty cart.";
  const plan = { text, sha256: createHash("sha256").update(text).digest("hex") };
  await worker.publish({
    inputs: { "state-key": STATE_KEY },
    permissions: permissionsWhen(proposeContract, "`key` is given"),
    result: makeRepairResult({ key: `pp-${REPOSITORY_ID}-${CRASH_ISSUE}-a1`, result: "plan", plan }),
  });
  worker.end("success");
  walk.pass(1);
  await walk.tick(run);
}

function tell(open: () => Walk, reach: (walk: Walk) => Promise<void>): () => Promise<PageContent> {
  return async () => {
    const walk = open();
    const { world } = walk.test;
    const { mails } = openMailbox(world, "maya");
    await reach(walk);
    return {
      ...viewGitHub(world, SHOP),
      title: "A world of the conformance tests",
      mails,
      repairs: [],
      timeline: [],
      note: "Everything here was simulated in one process, from the sources of the actions.",
    };
  };
}
