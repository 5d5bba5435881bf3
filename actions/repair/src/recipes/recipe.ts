import * as z from "zod";

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

const whole = (least: number, most: number) => z.number().int().min(least).max(most);

/** Of `recipe.yml`. Names that it does not know are errors: a misspelt budget is no budget. */
export const recipeSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+){0,9}$/),
  /** What it is for, in one sentence, for people. */
  sentence: z.string().min(1).max(300),
  /** `patch`: the checkout's changes. `report`: the agent's last text; changes are thrown away. */
  expects: z.enum(["patch", "report"]),
  /** Always with `implement`; without `plan` the agent starts at once, without `fix` a red check ends the attempt. */
  stages: z.array(z.enum(STAGES)).min(1),
  tools: z.array(z.enum(TOOLS)).default([]),
  /** What a recipe asks of a run at most: it tightens what the workflow allows and never widens it. */
  budgets: z
    .strictObject({
      "max-turns": whole(1, 1000).optional(),
      "max-cost-usd": z.number().positive().max(10_000).optional(),
      "inner-attempts": whole(0, 20).optional(),
      "step-timeout-minutes": whole(1, 360).optional(),
    })
    .default({}),
  /** A command of the recipe's own that runs after the tests; a red one is corrected, or fails the attempt. */
  check: z.string().min(1).max(2000).optional(),
});
export type RecipeText = Readonly<z.output<typeof recipeSchema>>;

/** One kind of work, read and checked. */
export type Recipe = RecipeText & {
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
