/** The calls that a recipe makes of an agent, in their order; each has a prompt of that name. */
export const STAGES = ["plan", "implement", "fix"] as const;
export type RecipeStage = (typeof STAGES)[number];

/** What an agent may do beside reading, in words that hold for every agent. */
export const TOOLS = ["edit", "run-checks", "run-commands"] as const;
export type Tool = (typeof TOOLS)[number];

/** Recipes that come with the action. */
export const SHIPPED_RECIPES = [
  "fix-incident",
  "fix-performance",
  "resolve-issue",
  "task",
  "prompt",
] as const;

/** What a recipe asks of a run at most: it tightens what the workflow allows and never widens it. */
export type RecipeBudgets = {
  readonly maxTurns?: number;
  readonly maxCostUsd?: number;
  readonly innerAttempts?: number;
  readonly stepTimeoutMinutes?: number;
};

/** One kind of work, read and checked. */
export type Recipe = {
  readonly name: string;
  /** What it is for, in one sentence, for people. */
  readonly sentence: string;
  /** `patch`: the checkout's changes. `report`: the agent's last text; changes are thrown away. */
  readonly expects: "patch" | "report";
  /** Always with `implement`; without `plan` the agent starts at once, without `fix` a red check ends the attempt. */
  readonly stages: readonly RecipeStage[];
  readonly tools: readonly Tool[];
  readonly budgets: RecipeBudgets;
  /** A command of the recipe's own that runs after the tests; a red one is corrected, or fails the attempt. */
  readonly check?: string;
  /** The texts of the stages, placeholders and all. */
  readonly prompts: Readonly<Partial<Record<RecipeStage, string>>>;
  /** `repository`: the user's own, of `.patchpilot/recipes/`. */
  readonly origin: "shipped" | "repository";
};

/** Where recipes are read from. Both answer undefined for a file that does not exist. */
export type RecipeFiles = {
  /** Text of a file of the action, by its path below `recipes/`. */
  readonly shipped: (path: string) => Promise<string | undefined>;
  /**
   * Text of a file of the base commit, by its path in the repository. It must come from git objects, never from the
   * work tree. The base is a commit of the default branch, or the head of a pull request of ours that goes on, where
   * `propose` lets nothing below `.patchpilot` through and nobody else has committed.
   */
  readonly committed: (path: string) => Promise<string | undefined>;
};

/** Where users keep recipes of their own. */
export const RECIPE_FOLDER = ".patchpilot/recipes";
