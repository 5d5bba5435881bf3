/**
 * `npm run test:act`: runs the README's workflow and the repair workflow on act in host mode, from released repositories
 * and against simulators on loopback. act is somebody else's runner: what our own runner takes for granted about GitHub's
 * syntax, contexts and files is looked at by a second pair of eyes. It does not carry out `concurrency` and `permissions`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readReadmeWorkflow } from "@patchpilot/build/readme-workflow";
import { readRepairCaller } from "@patchpilot/build/repair-caller";
import { REPOSITORY } from "@patchpilot/build/repository";
import { makeReleasedRepositories } from "../worlds/released/make-released-repositories.ts";
import { checkOutReleased } from "../worlds/released/resolve-uses.ts";
import { type ActStage, openActStage, ACT_REPOSITORY as REPAIRED } from "./act-stage.ts";
import { installAct } from "./install-act.ts";
import { type ActBench, type ActRun, layOut } from "./run-act.ts";

const act = installAct(join(REPOSITORY, ".scratch", "act"));
const released = await makeReleasedRepositories(mkdtempSync(join(tmpdir(), "patchpilot-act-released-")));
const stage = await openActStage();
const monorepo = await checkOutReleased(released, "patchpilot", "v1", join(released.folder, "read"));
// The README's workflow as the released monorepo shows it, with SHAs; the one that calls `repair.yml@v1` as main has it.
const incidents = {
  file: "patchpilot.yml",
  text: withoutQueue(readReadmeWorkflow(monorepo)),
};
const repairs = { file: "patchpilot-repair.yml", text: withoutQueue(readRepairCaller()) };
const incidentBench = await layOut(act, released, incidents, stage);
const repairBench = await layOut(act, released, repairs, stage);
let passed = 0;
let failed = 0;
try {
  await walkChain(incidentBench, stage);
  await walkRepair(repairBench, stage);
} finally {
  for (const bench of [incidentBench, repairBench]) bench.remove();
  await stage.close();
  rmSync(released.folder, { recursive: true, force: true });
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** From Sentry's alert to a dispatched repair, then two ticks. */
async function walkChain({ run }: ActBench, { events, github, sentry }: ActStage): Promise<void> {
  sentry.recordEvent({
    event: {
      exception: {
        values: [
          {
            type: "TypeError",
            value: "Cannot read properties of undefined (reading 'sum')",
            stacktrace: { frames: [{ filename: "src/cart.js", function: "total", lineno: 1, in_app: true }] },
          },
        ],
      },
    },
    release: "shop@1.2.3",
  });
  const opened = events.find(({ event, action }) => event === "issues" && action === "opened");
  check("Sentry's alert opened an issue", opened !== undefined);

  const chain = await run("issues", opened?.payload ?? {});
  check("the issue starts the job `incident`, which ends green", chain.exitCode === 0, chain);
  check("it runs intake at the released commit", ranReleased(chain, "intake"), chain);
  check("the incident is accepted and handed to a repair workflow", dispatches(events) === 1, chain);

  const stranger = await run("issues", { ...opened?.payload, sender: { id: 1, type: "User", login: "eve" } });
  check(
    "a stranger's issue starts no job",
    stranger.exitCode === 0 && !stranger.log.includes("Job succeeded"),
    stranger,
  );

  const tick = await run("schedule", {});
  check("a tick ends green", tick.exitCode === 0, tick);
  const before = writes(github);
  const again = await run("schedule", {});
  check("a second tick ends green", again.exitCode === 0, again);
  check("a second tick writes nothing", writes(github) === before, again);
  check("nothing was dispatched twice", dispatches(events) === 1);
  check("GitHub was asked nothing that it does not know", github.violations.length === 0);
  for (const violation of github.violations) console.error(violation);
}

/** What was dispatched goes through the four jobs and becomes a pull request, once. */
async function walkRepair({ run }: ActBench, { events, github, world }: ActStage): Promise<void> {
  const order = events.find(({ event }) => event === "repository_dispatch")?.payload ?? {};
  const pulls = () =>
    world
      .repository(REPAIRED)
      .issues.list()
      .filter(({ pull }) => pull !== null);
  const repair = await run("repository_dispatch", order);
  check("the repair workflow ends green", repair.exitCode === 0, repair);
  check("it runs claim at the commit that `repair.yml@v1` names", ranReleased(repair, "claim"), repair);
  const green = ["gate", "work", "verify", "publish"].filter((job) =>
    new RegExp(`/${job}\\s*\\] 🏁  Job succeeded`).test(repair.log),
  );
  check("its jobs gate, work, verify and publish succeed", green.length === 4, repair);
  check("a draft pull request comes of it", pulls().length === 1 && pulls()[0]?.pull?.draft === true, repair);
  const again = await run("repository_dispatch", order);
  check("the same order a second time ends green", again.exitCode === 0, again);
  check("and opens no second pull request", pulls().length === 1, again);
  check("GitHub was asked nothing that it does not know", github.violations.length === 0);
}

/** act refuses files with a keyword that its schema is too old for. This line is all that is taken out. */
function withoutQueue(workflow: string): string {
  console.log("without `queue: max`, which act does not know");
  return workflow.replace(/^ +queue: max\n/gm, "");
}

function ranReleased({ log }: ActRun, action: string): boolean {
  return log.includes(`Success - Main ${released.owner}/${action}@${released.commits[action]}`);
}

function dispatches(events: ActStage["events"]): number {
  return events.filter(({ event }) => event === "repository_dispatch").length;
}

function writes(github: ActStage["github"]): number {
  return github.requests.filter(({ method, operation }) => method !== "GET" && !operation.startsWith("query"))
    .length;
}

function check(what: string, holds: boolean, run?: ActRun): void {
  console.log(`${holds ? "ok  " : "FAIL"} ${what}`);
  if (holds) passed += 1;
  else {
    failed += 1;
    if (run) console.error(run.log.split("\n").slice(-60).join("\n"));
  }
}
