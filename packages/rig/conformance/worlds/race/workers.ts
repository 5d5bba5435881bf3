import type { GitHubEvent } from "@patchpilot/simulators/github";
import { MINUTE } from "@patchpilot/time";
import { type Claimed, claim, openWire, propose } from "../run-actions.ts";
import { SHOP } from "../world.ts";
import { expected, makeRacingFetch, runDispatch } from "./racing-actions.ts";
import type { RaceStage } from "./stage.ts";

/** Ids of the runs of dispatch that come while a worker sleeps. */
const NAPS_FROM = 500;
const WORKFLOW = ".github/workflows/patchpilot-repair.yml";

type Order = { readonly key: string; readonly issue: number; readonly attempt: number };

export function startWorker(stage: RaceStage, payload: GitHubEvent["payload"], well: boolean): void {
  // Some runs never come up: the workflow is disabled, or the event was lost.
  if (!well && stage.random() < 0.12) return;
  const { patchpilot: order } = payload["client_payload"] as { patchpilot: Order };
  stage.interleaver.start((raw) => work(stage, order, payload, raw, well));
}

/** One workflow run of a worker: late, killed, re-run whole or in part, and now and then a pull request. */
async function work(
  stage: RaceStage,
  order: Order,
  payload: GitHubEvent["payload"],
  raw: typeof fetch,
  well: boolean,
): Promise<void> {
  const { test, random, watch } = stage;
  const runner = test.world.runner(SHOP);
  const title = `patchpilot ${order.key}`;
  const actor = test.world.identity("github-actions[bot]");
  if (actor === undefined) throw new Error("The simulated GitHub has no github-actions[bot].");
  if (!well && random() < 0.3) await idle(raw, Math.floor(random() * 20));
  const { id } = runner.startRun({
    workflowPath: WORKFLOW,
    displayTitle: title,
    event: "repository_dispatch",
    actor,
  });
  const run = String(id);
  const attempts = well ? 1 : 1 + Math.floor(random() * 3);
  let claimed: Claimed | undefined;
  for (let runAttempt = 1; runAttempt <= attempts; runAttempt += 1) {
    runner.updateRun(id, { status: "in_progress", runAttempt });
    const onlyFailedJobs = runAttempt > 1 && claimed !== undefined && random() < 0.5;
    if (!onlyFailedJobs) claimed = await pass(stage, order, payload, run, runAttempt, raw);
    if (claimed !== undefined) watch.onPassed(order.key, run);
    if (claimed !== undefined && !well && random() < 0.3) await idle(raw, Math.floor(random() * 15));
    if (claimed !== undefined && isSlow(stage)) await oversleep(stage);
    const proposes = claimed !== undefined && random() < (onlyFailedJobs ? 0.9 : 0.5);
    if (proposes && claimed !== undefined)
      await propose(test, {
        runId: run,
        runAttempt,
        event: payload,
        claimed,
        patch: makePatch(order.key),
        fetch: makeRacingFetch(stage, "propose", run, raw),
      }).catch(expected);
    runner.updateRun(id, { status: "completed", conclusion: random() < 0.5 ? "success" : "failure" });
    // Somebody presses "Re-run failed jobs" when others have long moved on.
    if (!well && random() < 0.7) await idle(raw, Math.floor(random() * (random() < 0.3 ? 160 : 40)));
  }
}

/** In one race of ten, each worker comes to publish when its attempt has long been given up. */
const isSlow = ({ seed, faults }: RaceStage): boolean => faults && seed % 10 === 5;

/** Meanwhile a run of dispatch settles what took too long. */
async function oversleep(stage: RaceStage): Promise<void> {
  const { test, naps } = stage;
  const run = `${NAPS_FROM + naps}`;
  stage.naps += 1;
  test.clock.advance(7 * 60 * MINUTE);
  await runDispatch(stage, run, openWire(test)).catch(expected);
}

async function pass(
  stage: RaceStage,
  order: Order,
  payload: GitHubEvent["payload"],
  run: string,
  runAttempt: number,
  raw: typeof fetch,
) {
  const passed = await claim(stage.test, {
    runId: run,
    runAttempt,
    event: payload,
    fetch: makeRacingFetch(stage, "claim", run, raw),
  }).catch(expected);
  if (!passed?.outputs.proceed) return undefined;
  return { ...passed.outputs, key: order.key };
}

/** A patch of the attempt's own that applies to whatever it starts from, and conflicts with nobody's. */
function makePatch(key: string): Buffer {
  const path = `src/${key}.ts`;
  return Buffer.from(`diff --git a/${path} b/${path}
new file mode 100644
--- /dev/null
+++ b/${path}
@@ -0,0 +1 @@
+export const fixed = "${key}";
`);
}

/** Time in which an actor does nothing while others go on: it stands in the queue without a request of weight. */
async function idle(raw: typeof fetch, turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1)
    await raw("https://api.github.com/rate_limit").catch(() => undefined);
}
