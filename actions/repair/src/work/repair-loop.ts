import type { PolicyFinding } from "@patchpilot/patch-policy";
import type { Agent, AgentReport } from "../agents/agent.ts";
import { isUnchanged, writeChangesTree } from "../patch/agent-changes.ts";
import { readBranches } from "../patch/read-branches.ts";
import { restoreSnapshot, takeSnapshot } from "../patch/snapshot.ts";
import type { Vault } from "../patch/vault.ts";
import type { Recipe, RecipeStage } from "../recipes/recipe.ts";
import type { CommandRunner } from "../step/command-runner.ts";
import type { Journal, RepairEnding } from "../step/journal.ts";
import type { ProjectChecks } from "../step/read-project-checks.ts";
import { runCheck } from "../step/run-check.ts";
import { endAs } from "../step/step.ts";
import { sha256Of, type TaskAutonomy } from "../step/task.ts";
import { stripNumbers } from "../verify/baseline.ts";
import type { TestSurroundings } from "../verify/run-tests.ts";
import { judgeQuestion, judgeReportText, judgeUnchanged } from "./agent-words.ts";
import type { BaseTests } from "./base-tests.ts";
import { type CostMeter, countCostLeft, countTurnsLeft, findOverspending, type RunLimits } from "./budget.ts";
import { findCallCause } from "./call-cause.ts";
import { type CheckedChange, checkChange } from "./check-change.ts";
import { explainFlags } from "./explain-flags.ts";
import type { AgentGit } from "./find-side-work.ts";
import { judgeGreenChange, judgeLeftRed } from "./judge-tested.ts";
import { keepChanges } from "./keep-changes.ts";
import { describeRefusal, noteRefusal, type PatchGate } from "./patch-gate.ts";

/** Everything that one attempt works with. */
export type RepairLoop = RunLimits & {
  readonly project: ProjectChecks;
  readonly agent: Agent;
  readonly measureCost: CostMeter;
  readonly autonomy: TaskAutonomy;
  /** The plan that a person approved. */
  readonly approvedPlan: string | undefined;
  readonly recipe: Recipe;
  readonly commands: CommandRunner;
  /** What tests of the project run with. */
  readonly around: TestSurroundings;
  readonly base: BaseTests;
  readonly vault: Vault;
  readonly git: AgentGit;
  readonly journal: Journal;
  readonly gate: PatchGate;
  /** The prompt of a stage, with what the journal holds by now. */
  readonly fillPrompt: (stage: RecipeStage) => string;
  /** Frees disk space by giving up what the agent keeps outside of the checkout. */
  readonly makeRoom: () => Promise<void>;
  /** Saves the change so far, for the case that this process is killed. */
  readonly checkpoint: () => Promise<void>;
  /** Writes the prompt where the agent may read it. */
  readonly writePrompt: (prompt: string) => Promise<void>;
};

/**
 * Sets up, plans, implements and corrects until the tests are green, the budget is spent, or going on is no use. The
 * change itself is kept beside the vault's base, whatever the ending is.
 */
export async function runRepairLoop(loop: RepairLoop): Promise<RepairEnding> {
  const {
    project: { setup },
    commands,
    journal,
  } = loop;
  if (setup !== undefined && (await runCheck(setup, commands, journal)) !== "passed")
    return (
      judgeInterruption(loop) ??
      endAs("failed", `The setup command failed: ${journal.story.failure?.command}.`, { cause: "setup" })
    );
  const planned = await makePlan(loop);
  if (planned !== undefined) return planned;
  return implement(loop);
}

/** @returns undefined where the attempt goes on to the change */
async function makePlan(loop: RepairLoop): Promise<RepairEnding | undefined> {
  const { journal, recipe, autonomy, approvedPlan, agent } = loop;
  if (approvedPlan !== undefined) {
    journal.setPlan(approvedPlan);
    return undefined;
  }
  const wanted = autonomy === "plan";
  if (!recipe.stages.includes("plan"))
    return wanted
      ? endAs("no-change", `Only a plan is asked for, and the recipe ${recipe.name} has none.`)
      : undefined;
  // A command of the user's plans for itself, unless the plan is what is wanted.
  if (agent.name === "command" && !wanted) return undefined;
  const report = await takeTurn(loop, "plan", undefined);
  const ending = judgeInterruption(loop) ?? judgeReport(report) ?? judgeQuestion(report.text, journal);
  if (ending !== undefined) return ending;
  journal.setPlan(report.text);
  if (!wanted) return undefined;
  return journal.story.plan === undefined
    ? endAs("failed", "The agent was asked for a plan and said nothing.")
    : endAs("plan", "The agent made a plan; nothing was changed.");
}

/** What the last red check and the change looked like, to see whether going on is any use. */
type Fingerprint = { readonly tree: string; readonly failure: string };

async function implement(loop: RepairLoop): Promise<RepairEnding> {
  const { recipe, journal, budget, innerAttempts } = loop;
  const poor = findOverspending(budget, journal.story.calls);
  if (poor !== undefined) return endAs("failed", poor);
  let report = await takeTurn(loop, "implement", undefined);
  let before: Fingerprint | undefined;
  for (let round = 0; ; round += 1) {
    const ending = judgeInterruption(loop) ?? judgeReport(report) ?? (await judgeChange(loop, report));
    if (ending !== undefined) return ending;
    const refused = await loop.gate.judge();
    if (refused.length > 0) noteRefusal(journal, refused);
    const checked = refused.length > 0 ? REFUSED : await loop.gate.asVerified(() => checkChange(loop));
    if (checked.outcome === "no-worse")
      return talkAboutFlags(loop, judgeGreenChange(loop, checked), report.session, round);
    const now = await takeFingerprint(loop);
    const cut = judgeInterruption(loop);
    if (cut !== undefined) return cut;
    const end = judgeRepetition(before, now);
    if (end !== undefined) return judgeLeftRed(loop, checked, end);
    const isLast = round >= innerAttempts || !recipe.stages.includes("fix");
    const spent = findOverspending(budget, journal.story.calls);
    if (isLast || spent !== undefined)
      return judgeLeftRed(loop, checked, judgeRed(refused, round + 1, loop, isLast ? undefined : spent));
    before = now;
    report = await takeTurn(loop, "fix", report.session);
  }
}

/** What a reviewer will read goes back to the agent once, while there are tries, turns and money. */
async function talkAboutFlags(
  loop: RepairLoop,
  green: RepairEnding,
  session: string | undefined,
  round: number,
): Promise<RepairEnding> {
  const { recipe, budget, journal, gate, innerAttempts } = loop;
  const isOver = findOverspending(budget, journal.story.calls) !== undefined || judgeInterruption(loop);
  if (isOver || round >= innerAttempts || !recipe.stages.includes("fix")) return green;
  const judgeAgain = async (): Promise<RepairEnding | undefined> => {
    if (judgeInterruption(loop) !== undefined || (await gate.judge()).length > 0) return undefined;
    const checked = await gate.asVerified(() => checkChange(loop));
    return checked.outcome === "no-worse" ? judgeGreenChange(loop, checked) : undefined;
  };
  return explainFlags(loop, green, () => takeTurn(loop, "fix", session), judgeAgain);
}

/** What the rules refuse is not tested. */
const REFUSED: CheckedChange = { outcome: "worse", untested: undefined };

/** The ending where the change is not mended. */
function judgeRed(
  refused: readonly PolicyFinding[],
  tries: number,
  { innerAttempts }: RepairLoop,
  spent: string | undefined,
): RepairEnding {
  const more = spent === undefined ? "" : ` ${spent}`;
  if (refused.length > 0) return endAs("refused", `${describeRefusal(refused)}${more}`);
  return endAs("failed", `The tests are red after ${tries} of ${innerAttempts + 1} tries.${more}`, {
    cause: "tests",
  });
}

/** What a call came to, and what of it is no part of the change. */
type AgentTurn = AgentReport & { readonly leftOut?: readonly string[] };

/** One call of the agent. What it changed counts, unless it was to plan or to report only. */
async function takeTurn(
  loop: RepairLoop,
  stage: RecipeStage,
  session: string | undefined,
): Promise<AgentTurn> {
  const { agent, commands, journal, models, vault, budget, recipe } = loop;
  const prompt = loop.fillPrompt(stage);
  await loop.writePrompt(prompt);
  const before = { snapshot: await takeSnapshot(vault), heads: readBranches(loop.git.folder) };
  const model = stage === "plan" ? models.plan : models.implement;
  const maxTurns = countTurnsLeft(budget, journal.story.calls);
  const maxCostUsd = countCostLeft(budget, journal.story.calls);
  const call = agent.makeCall({ stage, prompt, model, maxTurns, maxCostUsd, session });
  const endMeasure = loop.measureCost(session);
  const ended = await commands.run(`${agent.name}: ${stage}`, call, "agent");
  const report = agent.readReport(ended);
  const { turns, denied, reason } = report;
  const costUsd = endMeasure(report);
  const seconds = Math.round(ended.milliseconds / 100) / 10;
  journal.addCall({ stage, ended: report.ended, turns, costUsd, seconds, denied: [...denied], reason });
  if (stage !== "plan") journal.setSummary(report.text, recipe.expects === "report" ? "report" : "summary");
  if (stage === "plan" || recipe.expects === "report") {
    await restoreSnapshot(vault, before.snapshot.tree);
    return report;
  }
  const leftOut = await keepChanges(loop, before);
  await loop.checkpoint();
  return { ...report, leftOut };
}

/** What the change is before it is tested: none is no use, a report brings none, and a question is for people. */
async function judgeChange(
  { vault, recipe, journal }: RepairLoop,
  { text, leftOut = [] }: AgentTurn,
): Promise<RepairEnding | undefined> {
  const asked = judgeQuestion(text, journal);
  if (asked !== undefined) return asked;
  if (recipe.expects === "report") return judgeReportText(journal);
  return (await isUnchanged(vault)) ? judgeUnchanged(text, leftOut, journal) : undefined;
}

async function takeFingerprint({ vault, journal }: RepairLoop): Promise<Fingerprint> {
  const tree = await writeChangesTree(vault);
  return { tree, failure: sha256Of(stripNumbers(journal.story.failure?.output ?? "")) };
}

const judgeRepetition = (before: Fingerprint | undefined, now: Fingerprint): RepairEnding | undefined =>
  before?.tree === now.tree && before.failure === now.failure
    ? endAs("failed", "The same change failed in the same way twice, so a third try would only repeat it.", {
        cause: "tests",
      })
    : undefined;

/** The ending where the time is up or the job is cancelled. */
function judgeInterruption({ commands }: RepairLoop): RepairEnding | undefined {
  const why = commands.interrupted();
  if (why === "time")
    return endAs("failed", "The step timed out (`step-timeout-minutes`). The work so far is saved.", {
      cause: "agent",
    });
  return why === "cancelled"
    ? endAs("failed", "The job was cancelled. The work so far is saved.", { cause: "infrastructure" })
    : undefined;
}

/** The ending where a call came to nothing. Turns that ran out do not: the tests judge what is there. */
function judgeReport(report: AgentReport): RepairEnding | undefined {
  const { ended, reason } = report;
  if (ended === "done" || ended === "turns") return undefined;
  return endAs(ended === "refused" ? "refused" : "failed", reason, { cause: findCallCause(report) });
}
