import { parseRecipe, RecipeFaults } from "./parse-recipe.ts";
import { RECIPE_FOLDER, type Recipe, type RecipeFiles, SHIPPED_RECIPES, STAGES } from "./recipe.ts";

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+){0,9}$/;
/** Longest file of a recipe, in UTF-16 units: a prompt is read by a model, turn after turn. */
const MOST_LENGTH = 32_768;

type Read = (path: string) => Promise<string | undefined>;

/**
 * Reads a recipe and checks it. One of the repository's own wins over a shipped one of the same name, and never
 * falls back to it: who keeps a broken recipe is told so.
 * @throws RecipeFaults with everything that is wrong, or where no recipe has this name.
 */
export async function readRecipe(name: string, files: RecipeFiles): Promise<Recipe> {
  if (!NAME.test(name))
    throw new Error(
      `\`recipe\` must be a name of small letters, digits and single hyphens, such as fix-incident; it is ${JSON.stringify(name.slice(0, 60))}.`,
    );
  const folder = `${RECIPE_FOLDER}/${name}`;
  const own = await readFolder(name, folder, files.committed, "repository");
  const recipe = own ?? (await readFolder(name, name, files.shipped, "shipped"));
  if (recipe !== undefined) return recipe;
  throw new Error(
    `There is no recipe ${name}: the base commit has no ${folder}/recipe.yml, and those that come with PatchPilot are ${SHIPPED_RECIPES.join(", ")}. A recipe must be on the default branch before it can be used.`,
  );
}

async function readFolder(
  name: string,
  folder: string,
  read: Read,
  origin: Recipe["origin"],
): Promise<Recipe | undefined> {
  const [configuration, ...prompts] = await Promise.all(
    ["recipe.yml", ...STAGES.map((stage) => `${stage}.md`)].map((file) => read(`${folder}/${file}`)),
  );
  if (configuration === undefined) {
    if (prompts.every((text) => text === undefined)) return undefined;
    throw new RecipeFaults(folder, ["There is no recipe.yml."]);
  }
  const long = [configuration, ...prompts].some((text) => (text?.length ?? 0) > MOST_LENGTH);
  if (long) throw new RecipeFaults(folder, [`A file is longer than ${MOST_LENGTH} characters.`]);
  const texts = {
    configuration: await parseYaml(configuration, folder),
    prompts: Object.fromEntries(STAGES.map((stage, index) => [stage, prompts[index]])),
  };
  return parseRecipe(name, texts, origin, folder);
}

/** Loaded only here: most of a run's time to start would go into it otherwise. */
async function parseYaml(text: string, folder: string): Promise<unknown> {
  const { parse } = await import("yaml");
  try {
    return parse(text, { maxAliasCount: 0, logLevel: "error" });
  } catch (cause) {
    const [why = ""] = (cause as Error).message.split("\n");
    throw new RecipeFaults(folder, [`recipe.yml cannot be read as YAML: ${why.replace(/[:.]$/, "")}.`]);
  }
}
