import { omitUndefined } from "@patchpilot/optional";
import * as z from "zod";
import { findPlaceholderFaults } from "./placeholders.ts";
import { type Recipe, type RecipeStage, STAGES, TOOLS } from "./recipe.ts";

const recipeName = z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+){0,9}$/);
const whole = (least: number, most: number) => z.number().int().min(least).max(most);

/** Of `recipe.yml`. Names that it does not know are errors: a misspelt budget is no budget. */
const recipeSchema = z.strictObject({
  name: recipeName,
  sentence: z.string().min(1).max(300),
  expects: z.enum(["patch", "report"]),
  stages: z.array(z.enum(STAGES)).min(1),
  tools: z.array(z.enum(TOOLS)).default([]),
  budgets: z
    .strictObject({
      "max-turns": whole(1, 1000).optional(),
      "max-cost-usd": z.number().positive().max(10_000).optional(),
      "inner-attempts": whole(0, 20).optional(),
      "step-timeout-minutes": whole(1, 360).optional(),
    })
    .default({}),
  check: z.string().min(1).max(2000).optional(),
});
type RecipeText = z.output<typeof recipeSchema>;

/** Everything that is wrong with a recipe, in one message. */
export class RecipeFaults extends Error {
  readonly faults: readonly string[];
  constructor(where: string, faults: readonly string[]) {
    super(`The recipe in ${where} cannot be used. ${faults.join(" ")}`);
    this.name = "RecipeFaults";
    this.faults = faults;
  }
}

/** The texts of one recipe's folder; undefined for a file that does not exist. */
export type RecipeTexts = {
  /** `recipe.yml`, read as YAML already. */
  readonly configuration: unknown;
  readonly prompts: Readonly<Partial<Record<RecipeStage, string | undefined>>>;
};

/**
 * Checks the texts of a recipe. Pure.
 * @param where the folder, for messages.
 * @throws RecipeFaults with a sentence for each thing that is wrong.
 */
export function parseRecipe(
  name: string,
  texts: RecipeTexts,
  origin: Recipe["origin"],
  where: string,
): Recipe {
  const parsed = recipeSchema.safeParse(texts.configuration);
  if (!parsed.success) throw new RecipeFaults(where, parsed.error.issues.map(describeIssue));
  const recipe = parsed.data;
  const faults = [
    ...findContradictions(name, recipe),
    ...recipe.stages.flatMap((stage) => findPromptFaults(stage, texts.prompts[stage])),
  ];
  if (faults.length > 0) throw new RecipeFaults(where, faults);
  const { budgets, check } = recipe;
  return {
    name: recipe.name,
    sentence: recipe.sentence,
    expects: recipe.expects,
    stages: STAGES.filter((stage) => recipe.stages.includes(stage)),
    tools: recipe.tools,
    budgets: omitUndefined({
      maxTurns: budgets["max-turns"],
      maxCostUsd: budgets["max-cost-usd"],
      innerAttempts: budgets["inner-attempts"],
      stepTimeoutMinutes: budgets["step-timeout-minutes"],
    }),
    ...omitUndefined({ check }),
    prompts: Object.fromEntries(recipe.stages.map((stage) => [stage, texts.prompts[stage] ?? ""])),
    origin,
  };
}

function findContradictions(name: string, recipe: RecipeText): string[] {
  return [
    ...(recipe.name === name ? [] : [`\`name\` says ${recipe.name}, but its folder is called ${name}.`]),
    ...(recipe.stages.includes("implement") ? [] : ["`stages` must hold implement, where the work is done."]),
    ...(recipe.expects === "report" && recipe.tools.includes("edit")
      ? ["`tools` holds edit, but a report changes nothing: take edit out, or expect a patch."]
      : []),
    ...(recipe.expects === "patch" && !recipe.tools.includes("edit")
      ? ["`tools` lacks edit, without which there is no patch: add it, or expect a report."]
      : []),
  ];
}

function findPromptFaults(stage: RecipeStage, text: string | undefined): string[] {
  if (text === undefined) return [`\`stages\` holds ${stage}, but there is no ${stage}.md.`];
  if (text.trim() === "") return [`${stage}.md is empty.`];
  return findPlaceholderFaults(stage, text);
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const names = issue.keys.map((key) => `\`${[...issue.path, key].join(".")}\``).join(", ");
    return `recipe.yml holds ${names}, which no recipe has: check the spelling, or take it out.`;
  }
  if (path === "") return "recipe.yml must be a list of `name: value` lines.";
  return `\`${path}\` of recipe.yml is wrong: ${issue.message.replace(/\.$/, "")}.`;
}
