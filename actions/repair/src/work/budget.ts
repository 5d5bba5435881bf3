import { type Prices, parsePrices, type RepairCall } from "@patchpilot/incident";
import type { RepairInputs } from "../contract.ts";
import type { Recipe } from "../recipes/recipe.ts";
import type { TaskFile } from "../step/task.ts";

/** A recipe, and what was reserved for the attempt, tighten what the workflow allows and never widen it. */
export function tightenLimits(inputs: RepairInputs, { budgets }: Recipe, task: TaskFile | undefined) {
  const costs = [inputs["max-cost-usd"], budgets["max-cost-usd"], task?.budget?.usd].filter(
    (cost) => cost !== undefined,
  );
  return {
    innerAttempts: Math.min(inputs["inner-attempts"], budgets["inner-attempts"] ?? 20),
    budget: {
      maxTurns: Math.min(inputs["max-turns"], budgets["max-turns"] ?? 1000),
      maxCostUsd: costs.length === 0 ? undefined : Math.min(...costs),
    },
    models: { plan: inputs["model-plan"], implement: inputs["model-implement"] },
  };
}

/** Minutes for everything, by the same rule. */
export const tightenMinutes = (
  inputs: RepairInputs,
  { budgets }: Recipe,
  task: TaskFile | undefined,
): number =>
  Math.min(
    inputs["step-timeout-minutes"],
    budgets["step-timeout-minutes"] ?? 360,
    task?.budget?.minutes ?? 360,
  );

/** The price list of the workflow, else the one that came with the task. */
export function readPrices(inputs: RepairInputs, task: TaskFile | undefined): Prices {
  const prices = parsePrices(inputs.prices ?? task?.budget?.prices ?? "");
  return typeof prices === "string" ? { models: new Map() } : prices;
}

export type RunLimits = Readonly<ReturnType<typeof tightenLimits>>;

/** What all calls together may use. */
export type AgentBudget = RunLimits["budget"];

/** What calls have used; null where one of them did not tell, which is not 0. */
export type Used = { readonly turns: number | null; readonly costUsd: number | null };

type Call = Pick<RepairCall, "turns" | "costUsd">;

export const sumUse = (calls: readonly Call[]): Used => ({
  turns: sumOrUnknown(calls.map(({ turns }) => turns)),
  costUsd: sumOrUnknown(calls.map(({ costUsd }) => costUsd)),
});

/** Turns that the next call may take. A call that did not tell its turns counts as one. */
export const countTurnsLeft = (budget: AgentBudget, calls: readonly Call[]): number =>
  budget.maxTurns - calls.reduce((sum, { turns }) => sum + (turns ?? 1), 0);

/**
 * What a call cost by itself, as Claude Code 2.1.329 tells the cost of a whole session. One that tells less than before
 * has begun to count anew.
 * @param before what the session had cost when the call began
 */
export const countCallCost = (told: number | null, before = 0): number | null =>
  told === null || told < before ? told : told - before;

/** Dollars that the next call may cost, as far as calls tell; undefined where there is no limit. */
export const countCostLeft = ({ maxCostUsd }: AgentBudget, calls: readonly Call[]): number | undefined =>
  maxCostUsd === undefined
    ? undefined
    : Math.max(0.01, Math.round((maxCostUsd - sumKnownCost(calls)) * 1e4) / 1e4);

/** Measures what calls cost, one after the other. */
export type CostMeter = (
  session: string | undefined,
) => (report: { readonly session: string | undefined; readonly costUsd: number | null }) => number | null;

/**
 * By the gate's count, which the agent has no say in; by what the agent says, if the gate knows no price.
 * @param spentUsd dollars so far, as the gate counts; null: not known
 */
export function openCostMeter(spentUsd: () => number | null): CostMeter {
  /** What each session has cost so far, as the agent says. */
  const sessions = new Map<string, number>();
  return (session) => {
    const before = spentUsd();
    const said = session === undefined ? undefined : sessions.get(session);
    return (report) => {
      const after = spentUsd();
      if (report.session !== undefined && report.costUsd !== null)
        sessions.set(report.session, report.costUsd);
      return before === null || after === null ? countCallCost(report.costUsd, said) : after - before;
    };
  };
}

const sumKnownCost = (calls: readonly Call[]): number =>
  calls.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);

/** Why no further call is made; undefined: one may be. Cost that is not told cannot be held against a limit. */
export function findOverspending(budget: AgentBudget, calls: readonly Call[]): string | undefined {
  if (countTurnsLeft(budget, calls) <= 0)
    return `The agent's turns are used up (\`max-turns\`: ${budget.maxTurns}).`;
  const cost = sumKnownCost(calls);
  if (budget.maxCostUsd === undefined || cost < budget.maxCostUsd) return undefined;
  return `The calls have cost $${cost.toFixed(2)} (\`max-cost-usd\`: ${budget.maxCostUsd}).`;
}

function sumOrUnknown(values: readonly (number | null)[]): number | null {
  return values.reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}
