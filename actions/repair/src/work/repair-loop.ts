import type { Agent, AgentReport } from "../agents/agent.ts";
import { addChanges, isUnchanged, writeChangesTree } from "../patch/agent-changes.ts";
import { restoreSnapshot, SCARCE_SIZE, type Snapshot, takeSnapshot } from "../patch/snapshot.ts";
import type { Vault } from "../patch/vault.ts";
import { DiskFull } from "../process/disk-full.ts";
import type { Recipe, RecipeStage } from "../recipes/recipe.ts";
import type { CommandRunner } from "../step/command-runner.ts";
import type { Journal, RepairEnding } from "../step/journal.ts";
import type { ProjectChecks } from "../step/read-project-checks.ts";
import { runCheck } from "../step/run-check.ts";
import { endAs } from "../step/step.ts";
import { sha256Of, type TaskAutonomy } from "../step/task.ts";
import { runTestCheck, type TestRunner } from "../verify/run-tests.ts";
import type { BaseTests } from "./base-tests.ts";
import { countCallCost, countCostLeft, countTurnsLeft, findOverspending, type RunLimits } from "./budget.ts";

/** Everything that one attempt works with. */
export type RepairLoop = ProjectChecks &
  RunLimits & {
    readonly agent: Agent;
    readonly autonomy: TaskAutonomy;
    /** The plan that a person approved. */
    readonly approvedPlan: string | undefined;
    readonly recipe: Recipe;
    readonly commands: CommandRunner;
    /** Undefined where there is no test command. */
    readonly tests: TestRunner | undefined;
    readonly base: BaseTests;
    readonly vault: Vault;
    readonly journal: Journal;
    /** What each session of the agent has told to have cost so far. */
    readonly sessionCosts: Map<string, number>;
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
  const { setup, commands, journal } = loop;
  if (setup !== undefined && (await runCheck(setup, commands, journal)) !== "passed")
    return (
      judgeInterruption(loop) ??
      endAs("failed", `The setup command failed: ${journal.story.failure?.command}.`)
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
      ? endAs("no-change", `Only a plan is wanted, and the recipe ${recipe.name} has none.`)
      : undefined;
  // A command of the user's plans for itself, unless the plan is what is wanted.
  if (agent.name === "command" && !wanted) return undefined;
  const report = await takeTurn(loop, "plan", undefined);
  const ending = judgeInterruption(loop) ?? judgeReport(report);
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
    const ending = judgeInterruption(loop) ?? judgeReport(report) ?? (await judgeChange(loop));
    if (ending !== undefined) return ending;
    if (await runChecks(loop)) return judgeGreenChange(loop);
    const now = await takeFingerprint(loop);
    const cut = judgeInterruption(loop);
    if (cut !== undefined) return cut;
    const end = judgeRepetition(before, now);
    if (end !== undefined) return judgeLeftRed(loop, end.reason);
    const red = `The tests are red after ${round + 1} of ${innerAttempts + 1} tries.`;
    if (round >= innerAttempts || !recipe.stages.includes("fix")) return judgeLeftRed(loop, red);
    const spent = findOverspending(budget, journal.story.calls);
    if (spent !== undefined) return judgeLeftRed(loop, `${red} ${spent}`);
    before = now;
    report = await takeTurn(loop, "fix", report.session);
  }
}

/** One call of the agent. What it changed counts, unless it was to plan or to report only. */
async function takeTurn(
  loop: RepairLoop,
  stage: RecipeStage,
  session: string | undefined,
): Promise<AgentReport> {
  const { agent, commands, journal, models, vault, budget, recipe, sessionCosts } = loop;
  const prompt = loop.fillPrompt(stage);
  await loop.writePrompt(prompt);
  const snapshot = await takeSnapshot(vault);
  const model = stage === "plan" ? models.plan : models.implement;
  const maxTurns = countTurnsLeft(budget, journal.story.calls);
  const maxCostUsd = countCostLeft(budget, journal.story.calls);
  const call = agent.makeCall({ stage, prompt, model, maxTurns, maxCostUsd, session });
  const ended = await commands.run(`${agent.name}: ${stage}`, call, "agent");
  const report = agent.readReport(ended);
  const { turns, denied, reason } = report;
  const before = session === undefined ? undefined : sessionCosts.get(session);
  const costUsd = countCallCost(report.costUsd, before);
  if (report.session !== undefined && report.costUsd !== null)
    sessionCosts.set(report.session, report.costUsd);
  const seconds = Math.round(ended.milliseconds / 100) / 10;
  journal.addCall({ stage, ended: report.ended, turns, costUsd, seconds, denied: [...denied], reason });
  if (stage !== "plan") journal.setSummary(report.text);
  if (stage === "plan" || recipe.expects === "report") await restoreSnapshot(vault, snapshot.tree);
  else {
    await keepChanges(loop, snapshot);
    await loop.checkpoint();
  }
  return report;
}

/** Takes the agent's changes over; where its rubbish filled the disk, that goes first, and nothing goes on after it. */
async function keepChanges({ vault, journal, makeRoom }: RepairLoop, before: Snapshot): Promise<void> {
  const take = async (mostSize?: number) => {
    const after = await takeSnapshot(vault, mostSize);
    await addChanges(vault, before, after);
    for (const sentence of after.leftOut) journal.note(sentence);
  };
  try {
    await take();
  } catch (error) {
    if (!(error instanceof DiskFull)) throw error;
    await makeRoom();
    await take(SCARCE_SIZE);
    throw error;
  }
}

/** @returns whether no check is red, or the tests only as they are on the base */
async function runChecks({ checks, commands, journal, tests, base }: RepairLoop): Promise<boolean> {
  for (const check of checks) {
    if (check.name === "test" && tests !== undefined) {
      if (!(await base.isNoWorse(await runTestCheck(tests)))) return false;
    } else if ((await runCheck(check, commands, journal)) !== "passed") return false;
  }
  return true;
}

/** What the change is before it is tested: none is no use, and a report brings none. */
async function judgeChange({ vault, recipe }: RepairLoop): Promise<RepairEnding | undefined> {
  if (recipe.expects === "report")
    return endAs("no-change", "The agent reported; this recipe changes nothing.");
  return (await isUnchanged(vault)) ? endAs("no-change", "The agent changed nothing.") : undefined;
}

function judgeGreenChange(loop: RepairLoop): RepairEnding {
  const { checks, journal } = loop;
  const last = journal.story.calls.at(-1);
  // Told by the agent's own reason: turns or money.
  const early = last?.ended === "turns" ? ` ${last.reason}` : "";
  const red = loop.base.sentence();
  if (red !== undefined) return endAs("patch", `${red}${early}`);
  if (checks.some(({ name }) => name === "test")) return endAs("patch", `The change is tested.${early}`);
  journal.note("There is no test command: name one in `test-command`.");
  return endAs("patch", `There is a change, and no command that tests it.${early}`);
}

/** What stays as red as it is on the base does not hold the change up. */
const judgeLeftRed = ({ base }: RepairLoop, red: string): RepairEnding =>
  base.isAlike()
    ? endAs("patch", base.sentence() ?? "The test command is red on the base already.")
    : endAs("failed", red);

async function takeFingerprint({ vault, journal }: RepairLoop): Promise<Fingerprint> {
  const tree = await writeChangesTree(vault);
  // Times, ids and addresses differ from run to run of the same failure.
  const failure = (journal.story.failure?.output ?? "").replace(/0x[0-9a-f]+|\d+([.:]\d+)*/gi, "0");
  return { tree, failure: sha256Of(failure) };
}

const judgeRepetition = (before: Fingerprint | undefined, now: Fingerprint): RepairEnding | undefined =>
  before?.tree === now.tree && before.failure === now.failure
    ? endAs("failed", "The same change failed in the same way twice; going on would repeat it.")
    : undefined;

/** The ending where the time is up or the job is cancelled. */
function judgeInterruption({ commands }: RepairLoop): RepairEnding | undefined {
  const why = commands.interrupted();
  if (why === "time")
    return endAs("failed", "The time was up (`step-timeout-minutes`). What was done by then is saved.");
  return why === "cancelled"
    ? endAs("failed", "The job was cancelled. What was done by then is saved.")
    : undefined;
}

/** The ending where a call came to nothing. Turns that ran out do not: the tests judge what is there. */
function judgeReport({ ended, reason }: AgentReport): RepairEnding | undefined {
  if (ended === "done" || ended === "turns") return undefined;
  return endAs(ended === "refused" ? "refused" : "failed", reason);
}
