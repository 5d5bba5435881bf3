import { createHash } from "node:crypto";
import { contract as proposeContract } from "@patchpilot/action-propose/contract";
import { permissionsWhen } from "@patchpilot/conformance/worlds/permissions-of";
import { N_PLUS_ONE } from "@patchpilot/conformance/worlds/reports";
import { endWith } from "@patchpilot/conformance/worlds/scenario";
import { CRASH_ISSUE, openAskedWalk, openWalk, REACH, type Walk } from "@patchpilot/conformance/worlds/walk";
import { REPOSITORY_ID, SHOP, STATE_KEY } from "@patchpilot/conformance/worlds/world";
import { makeRepairResult } from "@patchpilot/incident/testing";
import type { PageContent } from "../../src/page/demo-page.ts";
import { viewGitHub } from "../../src/story/github-view.ts";
import { openMailbox } from "../../src/story/mailbox.ts";

/** What the demo does not play, as the actions leave it in a world of the conformance tests; by name. */
export const WORLD_STORIES: Readonly<Record<string, () => Promise<PageContent>>> = {
  "crash-in-repair": tell("A crash; an agent works on it.", openWalk, REACH.working),
  "crash-to-review": tell("A crash; its pull request waits for a review.", openWalk, REACH.proposed),
  "crash-live": tell("A crash; its fix is live and is watched.", openWalk, async (walk) => {
    await REACH.verifying(walk);
    walk.deploy();
    walk.goOn(1);
    await walk.verify();
  }),
  "crash-declined": tell("A crash; its pull request was closed.", openWalk, REACH["needs-human"]),
  "request-to-review": tell("A request; its pull request waits for a review.", openAskedWalk, REACH.proposed),
  "request-done": tell("A request; what was asked for is live.", openAskedWalk, REACH.done),
  "question-to-answer": tell("A request; the agent asks a question.", openAskedWalk, (walk) =>
    endWithoutPatch(walk, { ending: "asked", question: "Which currency do the totals have?" }),
  ),
  "report-to-read": tell("A request; the agent delivered a report.", openAskedWalk, (walk) =>
    endWithoutPatch(walk, { ending: "reported", summary: REPORT }),
  ),
  "finding-to-decide": tell(
    "Sentry found queries that are repeated; that is below the severity that is repaired by itself.",
    openFindingWalk,
    REACH.working,
  ),
  "plan-to-approve": tell("A crash; its plan waits for a go-ahead.", openWalk, makePlan),
};

const REPORT = "Totals are rounded in three places: `src/checkout.ts`, the invoice and the e-mail.";

/** An agent that changed nothing says why. */
async function endWithoutPatch(walk: Walk, said: Readonly<Record<string, unknown>>): Promise<void> {
  await REACH.working(walk);
  await endWith(walk, "success", { result: "no-change", summary: "I changed nothing.", ...said });
  await walk.tick();
}

/** Sentry opens an issue on what is no error. */
function openFindingWalk(): Walk {
  const walk = openWalk({ alerts: false });
  walk.sentry.onNewIssue(({ title, body }) => walk.test.world.as("sentry[bot]").openIssue({ title, body }));
  walk.sentry.recordOccurrence(N_PLUS_ONE);
  return walk;
}

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

function tell(
  sentence: string,
  open: () => Walk,
  reach: (walk: Walk) => Promise<void>,
): () => Promise<PageContent> {
  return async () => {
    const walk = open();
    const { world } = walk.test;
    const { mails } = openMailbox(world, "maya");
    await reach(walk);
    return {
      ...viewGitHub(world, SHOP),
      title: "A state that the demo does not play",
      sentence,
      mails,
      repairs: [],
      timeline: [],
      note: "Everything here was simulated in one process, from the sources of the actions. You are `maya`.",
    };
  };
}
