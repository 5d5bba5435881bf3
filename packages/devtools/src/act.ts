/**
 * `pnpm test:act`: runs the README's workflow on act in host mode, with the released actions against simulators on
 * loopback. act is somebody else's runner: what our own runner takes for granted about GitHub's syntax, contexts
 * and files is looked at by a second pair of eyes. It does not carry out `concurrency` and `permissions`.
 */
import { join } from "node:path";
import { type ActStage, openActStage } from "./act/act-stage.ts";
import { installAct } from "./act/install-act.ts";
import { type ActBench, type ActRun, layOut } from "./act/run-act.ts";
import { REPOSITORY } from "./repository.ts";
import { readReadmeWorkflow } from "./workflows/readme-workflow.ts";

const act = installAct(join(REPOSITORY, ".scratch", "act"));
const stage = await openActStage();
const bench = layOut(act, withoutQueue(readReadmeWorkflow()), stage);
let passed = 0;
let failed = 0;
try {
  await walkChain(bench, stage);
} finally {
  bench.remove();
  await stage.close();
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

/** act refuses files with a keyword that its schema is too old for. This line is all that is taken out. */
function withoutQueue(workflow: string): string {
  console.log("without `queue: max`, which act does not know");
  return workflow.replace(/^ +queue: max\n/gm, "");
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
