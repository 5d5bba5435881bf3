import type { JobRecord, RunnerEvent, StepRecord } from "@patchpilot/runner";
import { describeStep, readActionName, readDecisions, type StepDecision } from "./describe-step.ts";
import type { Timeline } from "./timeline.ts";

/** Notes what workflow runs do; answers with the decision of a `verify-recovery` step that has just ended. */
export function noteRun(event: RunnerEvent, timeline: Timeline): StepDecision | undefined {
  if (event.kind === "run" && event.run.conclusion === "skipped" && event.run.status === "completed")
    timeline.note(event.run.workflow.name, `starts no job for "${event.run.event}" by ${event.run.actor}`);
  if (event.kind === "job" && event.job.status === "completed")
    noteFaults(event.run.workflow.name, event.job, timeline);
  if (event.kind === "log") noteLine(event.job, event.line, timeline);
  if (event.kind !== "step" || event.step.status !== "completed") return undefined;
  return noteStep(event.run.workflow.name, event.job, event.step, timeline);
}

/** What the job's log says of the sandbox and of the proof, and the scripted agent of its change. */
function noteLine(job: JobRecord, line: string, timeline: Timeline): void {
  const sandbox = /^Agent and tests (run [^:.]+)/.exec(line)?.[1];
  if (sandbox !== undefined) timeline.note(findCalledJob(job) ?? job.name, `lets agent and tests ${sandbox}`);
  const proof = /Proof: ([\w-]+)\. (.+)$/.exec(line);
  if (proof !== null) timeline.note("verify", `finds the patch ${proof[1]}: ${proof[2]}`);
  const sentence = /^Changed: (.+)\.$/.exec(line)?.[1];
  if (sentence !== undefined) timeline.note("scripted agent", `changes the code: ${sentence}`);
}

function noteStep(
  workflow: string,
  job: JobRecord,
  step: StepRecord,
  timeline: Timeline,
): StepDecision | undefined {
  const action = readActionName(step);
  const actor = findCalledJob(job) ?? action ?? workflow;
  if (step.conclusion === "failure") timeline.note(actor, `fails in "${step.name}": ${describeFault(step)}`);
  if (action === undefined || step.conclusion === "skipped") return undefined;
  for (const sentence of describeStep(findCalledJob(job) ?? action, step.outputs))
    noteNews(timeline, actor, sentence);
  return action === "verify-recovery" ? readDecisions(step.outputs).at(-1) : undefined;
}

/** These say what they know at every tick. */
const REPEATERS = ["impact", "verify-recovery"];

/** What a step says again is no news; a second dispatch of an attempt is. */
function noteNews(timeline: Timeline, actor: string, sentence: string): void {
  const own = timeline.entries.filter((entry) => entry.actor === actor).map(({ event }) => event);
  if (REPEATERS.includes(actor) && own.at(-1) === sentence) return;
  const isAgain = actor === "dispatch" && own.includes(sentence);
  timeline.note(actor, isAgain ? `${sentence}, again: no run has started` : sentence);
}

/** The jobs of the repair workflow have names that say more than the actions that they use. */
const findCalledJob = ({ key }: JobRecord): string | undefined => /\/(\w+)$/.exec(key)?.[1];

/** Faults of the job itself: those of its steps are noted with them. */
function noteFaults(workflow: string, job: JobRecord, timeline: Timeline): void {
  if (job.conclusion === "failure" && job.annotations.some(({ level }) => level === "error"))
    timeline.note(workflow, `the job ${job.name} fails: ${describeFault(job)}`);
}

function describeFault({ annotations }: Pick<StepRecord, "annotations">): string {
  return annotations.find(({ level }) => level === "error")?.message ?? "its log says why";
}
