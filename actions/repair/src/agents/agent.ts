import type { Ended } from "../process/run-process.ts";
import type { RecipeStage } from "../recipes/recipe.ts";
import type { SandboxCommand } from "../sandbox/sandbox.ts";

/** One call of a coding agent, for the sandbox. The key is among its variables: never print it. */
export type AgentCall = Omit<SandboxCommand, "network">;

/** What is asked of an agent: a plan (no edits wanted), the change, or a repair of what the tests said. */
export type AgentTurn = {
  readonly stage: RecipeStage;
  readonly prompt: string;
  /** The vendor's name of a model; undefined leaves the choice to the agent. */
  readonly model: string | undefined;
  readonly maxTurns: number;
  /** What is left of the money; undefined: no limit. Agents that do not know what they cost cannot keep to it. */
  readonly maxCostUsd: number | undefined;
  /** The session of an earlier report, to go on with what the agent knows; undefined begins a new one. */
  readonly session: string | undefined;
};

/** What a call came to. `costUsd` null: not told, which is not 0. */
export type AgentReport = {
  readonly ended: "done" | "turns" | "refused" | "api-error" | "unauthorized" | "crashed" | "timeout";
  readonly session: string | undefined;
  readonly text: string;
  readonly turns: number | null;
  /** Dollars of the whole session so far, with the calls that it goes on from. */
  readonly costUsd: number | null;
  /** What the agent wanted to do and was not allowed to, each in a few words. */
  readonly denied: readonly string[];
  /** What the model's API answered last, if that ended it. */
  readonly status?: number | undefined;
  /** A sentence for a person; empty where `ended` is `done`. */
  readonly reason: string;
};

/** Of an agent that told nothing of itself. */
export const NOTHING_TOLD = { session: undefined, text: "", turns: null, costUsd: null, denied: [] } as const;

/** How a process ended. `code` is null where a signal ended it. */
export type AgentExit = Pick<Ended, "code" | "interrupted" | "stdout" | "stderr">;

/** A coding agent: how it is called, and how its reply is read. Both are pure. */
export type Agent = {
  readonly name: string;
  readonly makeCall: (turn: AgentTurn) => AgentCall;
  readonly readReport: (exit: AgentExit) => AgentReport;
};
