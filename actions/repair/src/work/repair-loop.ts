import type { Agent, AgentReport, AgentTurn } from "../agents/agent.ts";
import { addChanges, isUnchanged, treeOf } from "../patch/agent-changes.ts";
import { restoreSnapshot, SCARCE_SIZE, type Snapshot, takeSnapshot } from "../patch/snapshot.ts";
import type { Vault } from "../patch/vault.ts";
import { DiskFull } from "../process/disk-full.ts";
import type { Recipe, Stage } from "../recipes/recipe.ts";
import type { Bench } from "../step/command-runner.ts";
import type { Ending, Journal } from "../step/journal.ts";
import { type Check, runCheck } from "../step/run-check.ts";
import { type Autonomy, sha256Of } from "../step/task.ts";
import { type Budget, budgetFault, costLeft, costOfCall, turnsLeft } from "./budget.ts";

/** Everything that one attempt works with. */
export type Attempt = {
  readonly agent: Agent;
  /** Whether the agent makes a plan before it starts; a plan that is wanted as such is always made. */
  readonly plans: boolean;
  readonly autonomy: Autonomy;
  /** The plan that a person approved. */
  readonly approvedPlan: string | undefined;
  readonly recipe: Recipe;
  readonly budget: Budget;
  readonly innerAttempts: number;
  readonly models: { readonly plan: string | undefined; readonly implement: string | undefined };
  readonly setup: Check | undefined;
  /** What must be green after a change, in this order. */
  readonly checks: readonly Check[];
  readonly bench: Bench;
  readonly vault: Vault;
  readonly journal: Journal;
  /** What each session of the agent has told to have cost so far. */
  readonly sessionCosts: Map<string, number>;
  /** The prompt of a stage, with what the journal holds by now. */
  readonly promptOf: (stage: Stage) => string;
  /** Frees disk space by giving up what the agent keeps outside of the checkout. */
  readonly makeRoom: () => Promise<void>;
  /** Saves the change so far, for the case that this process is killed. */
  readonly checkpoint: () => Promise<void>;
  /** Writes the prompt where the agent may read it. */
  readonly writePrompt: (prompt: string) => Promise<void>;
};

/**
 * Sets up, plans, implements and corrects until the tests are green, the budget is spent, or going on is no use. The
 * change itself is kept in the vault's product whatever the ending is.
 */
export async function makeAttempt(attempt: Attempt): Promise<Ending> {
  const { setup, bench, journal } = attempt;
  if (setup !== undefined && (await runCheck(setup, bench, journal)) !== "passed")
    return brokenOff(attempt) ?? failed(`The setup command failed: ${journal.failure?.command}.`);
  const planned = await makePlan(attempt);
  if (planned !== undefined) return planned;
  return implement(attempt);
}

/** @returns undefined where the attempt goes on to the change */
async function makePlan(attempt: Attempt): Promise<Ending | undefined> {
  const { journal, recipe, autonomy, approvedPlan, plans } = attempt;
  if (approvedPlan !== undefined) {
    journal.setPlan(approvedPlan);
    return undefined;
  }
  const wanted = autonomy === "plan";
  if (!recipe.stages.includes("plan"))
    return wanted ? noChange(`Only a plan is wanted, and the recipe ${recipe.name} has none.`) : undefined;
  if (!plans && !wanted) return undefined;
  const report = await takeTurn(attempt, "plan", undefined);
  const ending = brokenOff(attempt) ?? unusable(report);
  if (ending !== undefined) return ending;
  journal.setPlan(report.text);
  if (!wanted) return undefined;
  return journal.plan === undefined
    ? failed("The agent was asked for a plan and said nothing.")
    : { result: "plan", reason: "The agent made a plan; nothing was changed." };
}

/** What the last red check and the change looked like, to see whether going on is any use. */
type Fingerprint = { readonly tree: string; readonly failure: string };

async function implement(attempt: Attempt): Promise<Ending> {
  const { recipe, journal, budget, innerAttempts } = attempt;
  const poor = budgetFault(budget, journal.calls);
  if (poor !== undefined) return failed(poor);
  let report = await takeTurn(attempt, "implement", undefined);
  let before: Fingerprint | undefined;
  for (let round = 0; ; round += 1) {
    const ending = brokenOff(attempt) ?? unusable(report) ?? (await judgeChange(attempt));
    if (ending !== undefined) return ending;
    if ((await runChecks(attempt)) === "passed") return tested(attempt);
    const now = await fingerprint(attempt);
    const end = brokenOff(attempt) ?? hopeless(before, now);
    if (end !== undefined) return end;
    const red = `The tests are red after ${round + 1} of ${innerAttempts + 1} tries.`;
    if (round >= innerAttempts || !recipe.stages.includes("fix")) return failed(red);
    const spent = budgetFault(budget, journal.calls);
    if (spent !== undefined) return failed(`${red} ${spent}`);
    before = now;
    report = await takeTurn(attempt, "fix", report.session);
  }
}

/** One call of the agent. What it changed counts, unless it was to plan or to report only. */
async function takeTurn(
  attempt: Attempt,
  stage: AgentTurn["stage"],
  session: string | undefined,
): Promise<AgentReport> {
  const { agent, bench, journal, models, vault, budget, recipe, sessionCosts } = attempt;
  const prompt = attempt.promptOf(stage);
  await attempt.writePrompt(prompt);
  const before = await takeSnapshot(vault);
  const model = stage === "plan" ? models.plan : models.implement;
  const maxTurns = turnsLeft(budget, journal.calls);
  const maxCostUsd = costLeft(budget, journal.calls);
  const call = agent.callOf({ stage, prompt, model, maxTurns, maxCostUsd, session });
  const ended = await bench.run(`${agent.name}: ${stage}`, call, "agent");
  const timedOut = ended.interrupted !== undefined;
  const report = agent.reportOf({ code: ended.code, timedOut, stdout: ended.stdout, stderr: ended.stderr });
  const { turns, denied, reason } = report;
  const costUsd = costOfCall(report.costUsd, session === undefined ? undefined : sessionCosts.get(session));
  if (report.session !== undefined && report.costUsd !== null)
    sessionCosts.set(report.session, report.costUsd);
  const seconds = Math.round(ended.milliseconds / 100) / 10;
  journal.addCall({ stage, ended: report.ended, turns, costUsd, seconds, denied: [...denied], reason });
  if (stage !== "plan") journal.setSummary(report.text);
  if (stage === "plan" || recipe.expects === "report") await restoreSnapshot(vault, before.tree);
  else {
    await keepChanges(attempt, before);
    await attempt.checkpoint();
  }
  return report;
}

/** Takes the agent's changes over; where its rubbish filled the disk, that goes first, and nothing goes on after it. */
async function keepChanges({ vault, journal, makeRoom }: Attempt, before: Snapshot): Promise<void> {
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

/** @returns the outcome of the first check that is not green, else `passed` */
async function runChecks({ checks, bench, journal }: Attempt): Promise<string> {
  for (const check of checks) {
    const outcome = await runCheck(check, bench, journal);
    if (outcome !== "passed") return outcome;
  }
  return "passed";
}

/** What the change is before it is tested: none is no use, and a report brings none. */
async function judgeChange({ vault, recipe }: Attempt): Promise<Ending | undefined> {
  if (recipe.expects === "report") return noChange("The agent reported; this recipe changes nothing.");
  return (await isUnchanged(vault)) ? noChange("The agent changed nothing.") : undefined;
}

function tested({ checks, journal }: Attempt): Ending {
  const last = journal.calls.at(-1);
  // Told by the agent's own reason: turns or money.
  const early = last?.ended === "turns" ? ` ${last.reason}` : "";
  if (checks.some(({ name }) => name === "test"))
    return { result: "patch", reason: `The change is tested.${early}` };
  journal.note("There is no test command: name one in `test-command`.");
  return { result: "patch", reason: `There is a change, and no command that tests it.${early}` };
}

async function fingerprint({ vault, journal }: Attempt): Promise<Fingerprint> {
  const tree = await treeOf(vault);
  // Times, ids and addresses differ from run to run of the same failure.
  const failure = (journal.failure?.output ?? "").replace(/0x[0-9a-f]+|\d+([.:]\d+)*/gi, "0");
  return { tree, failure: sha256Of(failure) };
}

const hopeless = (before: Fingerprint | undefined, now: Fingerprint): Ending | undefined =>
  before?.tree === now.tree && before.failure === now.failure
    ? failed("The same change failed in the same way twice; going on would repeat it.")
    : undefined;

/** The ending where the time is up or the job is cancelled. */
function brokenOff({ bench }: Attempt): Ending | undefined {
  const why = bench.interrupted();
  if (why === "time")
    return failed("The time was up (`step-timeout-minutes`). What was done by then is saved.");
  return why === "cancelled" ? failed("The job was cancelled. What was done by then is saved.") : undefined;
}

/** The ending where a call came to nothing. Turns that ran out do not: the tests judge what is there. */
function unusable({ ended, reason }: AgentReport): Ending | undefined {
  if (ended === "done" || ended === "turns") return undefined;
  return ended === "refused" ? { result: "refused", reason } : failed(reason);
}

const failed = (reason: string): Ending => ({ result: "failed", reason });
const noChange = (reason: string): Ending => ({ result: "no-change", reason });
