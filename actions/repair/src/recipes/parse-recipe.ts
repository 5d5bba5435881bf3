import type * as z from "zod";
import { findPlaceholderFaults } from "./placeholders.ts";
import { type Recipe, type RecipeStage, type RecipeText, recipeSchema, STAGES } from "./recipe.ts";

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
  return {
    ...recipe,
    stages: STAGES.filter((stage) => recipe.stages.includes(stage)),
    prompts: Object.fromEntries(recipe.stages.map((stage) => [stage, texts.prompts[stage] ?? ""])),
    origin,
  };
}

function findContradictions(name: string, recipe: RecipeText): string[] {
  return [
    ...(recipe.name === name ? [] : [`\`name\` says ${recipe.name}, but its folder is called ${name}.`]),
    ...(recipe.stages.includes("implement") ? [] : ["`stages` must hold implement, where the work is done."]),
    ...(recipe.expects === "report" && recipe.tools.includes("edit")
      ? ["`tools` has edit, but a report changes nothing: take edit out, or expect a patch."]
      : []),
    ...(recipe.expects === "patch" && !recipe.tools.includes("edit")
      ? ["`tools` lacks edit, without which there is no patch: add it, or expect a report."]
      : []),
  ];
}

function findPromptFaults(stage: RecipeStage, text: string | undefined): string[] {
  if (text === undefined) return [`\`stages\` has ${stage}, but there is no ${stage}.md.`];
  if (text.trim() === "") return [`${stage}.md is empty.`];
  return findPlaceholderFaults(stage, text);
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const names = issue.keys.map((key) => `\`${[...issue.path, key].join(".")}\``).join(", ");
    return `recipe.yml has ${names}, which no recipe has: check the spelling, or take it out.`;
  }
  if (path === "") return "recipe.yml must be a list of `name: value` lines.";
  return `\`${path}\` of recipe.yml is wrong: ${issue.message.replace(/\.$/, "")}.`;
}
