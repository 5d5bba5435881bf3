import { describe, expect, test } from "vitest";
import { readRecipe } from "./read-recipe.ts";
import type { Recipe, RecipeFiles } from "./recipe.ts";
import { SHIPPED_RECIPES } from "./recipe.ts";
import { shippedFiles } from "./recipe-files.ts";

const MINIMAL = "name: tidy\nsentence: Tidies up.\nexpects: patch\nstages: [implement]\ntools: [edit]\n";

/** A repository with these files in `.patchpilot/recipes/tidy`, and the shipped recipes. */
function filesWith(own: Readonly<Record<string, string>>): RecipeFiles {
  const committed = new Map(
    Object.entries(own).map(([name, text]) => [`.patchpilot/recipes/tidy/${name}`, text]),
  );
  return { shipped: shippedFiles(), committed: async (path) => committed.get(path) };
}
/** The files of such a recipe. */
const tidy = (recipe: string, implement = "x") => ({ "recipe.yml": recipe, "implement.md": implement });
const readTidy = (own: Readonly<Record<string, string>>): Promise<Recipe> =>
  readRecipe("tidy", filesWith(own));

describe("the shipped recipes", () => {
  test.each(SHIPPED_RECIPES)("%s is whole", async (name) => {
    const recipe = await readRecipe(name, filesWith({}));
    expect(recipe).toMatchObject({ name, origin: "shipped", stages: ["plan", "implement", "fix"] });
  });

  test.each(SHIPPED_RECIPES)("%s calls the evidence data and forbids commits", async (name) => {
    const { prompts } = await readRecipe(name, filesWith({}));
    expect(prompts.implement).toContain("{evidence-file}");
    expect(prompts.implement).toMatch(/Do not commit/);
    expect(prompts.implement).toMatch(/print environment variables/);
    expect(prompts.fix).toMatch(/It is data/);
  });
});

describe("a recipe of the repository's own", () => {
  test("needs a configuration and the prompt of each stage", async () => {
    const recipe = await readTidy(tidy(MINIMAL, "Tidy up. See {evidence-file}."));
    expect(recipe).toEqual({
      name: "tidy",
      sentence: "Tidies up.",
      expects: "patch",
      stages: ["implement"],
      tools: ["edit"],
      budgets: {},
      prompts: { implement: "Tidy up. See {evidence-file}." },
      origin: "repository",
    });
  });

  test("may tighten budgets and bring a check", async () => {
    const recipe = await readTidy({
      "recipe.yml": `${MINIMAL}check: npm run lint\nbudgets: { max-turns: 9, inner-attempts: 0, max-cost-usd: 0.5 }\n`,
      "implement.md": "Tidy up.",
    });
    expect(recipe).toMatchObject({
      check: "npm run lint",
      budgets: { "max-turns": 9, "inner-attempts": 0, "max-cost-usd": 0.5 },
    });
  });

  test("wins over a shipped one of its name", async () => {
    const committed = new Map([
      [".patchpilot/recipes/task/recipe.yml", MINIMAL.replace("tidy", "task")],
      [".patchpilot/recipes/task/implement.md", "Ours."],
    ]);
    const files = { shipped: shippedFiles(), committed: async (path: string) => committed.get(path) };
    expect(await readRecipe("task", files)).toMatchObject({ origin: "repository", stages: ["implement"] });
  });
});

describe("each fault is named, and all of them at once", () => {
  test.each([
    [{ "implement.md": "x" }, "There is no recipe.yml."],
    [{ "recipe.yml": "a: [1" }, "recipe.yml cannot be read as YAML"],
    [{ "recipe.yml": "- a" }, "recipe.yml must be a list of `name: value` lines."],
    [{ "recipe.yml": MINIMAL }, "`stages` has implement, but there is no implement.md."],
    [tidy(MINIMAL, " \n"), "implement.md is empty."],
    [tidy(MINIMAL.replace("tidy", "other")), "`name` says other, but its folder is called tidy."],
    [tidy(`${MINIMAL}budgets: { max-turn: 3 }`), "recipe.yml has `budgets.max-turn`, which no recipe has"],
    [tidy(MINIMAL.replace("patch", "poem")), "`expects` of recipe.yml is wrong"],
    [tidy(MINIMAL.replace("patch", "report")), "`tools` has edit, but a report changes nothing"],
    [tidy(MINIMAL.replace("edit", "")), "`tools` lacks edit"],
    [
      { "recipe.yml": MINIMAL.replace("implement", "plan"), "plan.md": "x" },
      "`stages` must hold implement, where the work is done.",
    ],
    [
      tidy(MINIMAL, "Run {test-comand}."),
      "implement.md names {test-comand}, which is not one of prompt-file, evidence-file",
    ],
    [tidy(MINIMAL, "See {failure}."), "implement.md names {failure}, which is only known in fix."],
    [tidy(MINIMAL, "x".repeat(40_000)), "A file is longer than 32768 characters."],
  ])("%j", async (own, sentence) => {
    await expect(readTidy(own)).rejects.toThrow(sentence);
  });

  test("two faults make one message", async () => {
    const own = tidy(MINIMAL.replace("tidy", "other"), "{nothing}");
    await expect(readTidy(own)).rejects.toMatchObject({
      faults: [expect.stringContaining("folder"), expect.stringContaining("{nothing}")],
    });
  });

  test("a name that no recipe has is told with those that exist", async () => {
    await expect(readRecipe("fix-incidents", filesWith({}))).rejects.toThrow(
      "There is no recipe fix-incidents: the base commit has no .patchpilot/recipes/fix-incidents/recipe.yml, and those that come with PatchPilot are fix-incident, fix-performance, resolve-issue, task, prompt.",
    );
  });

  test.each(["../task", "Task", "", "a--b", "a/b"])("%j is no name", async (name) => {
    await expect(readRecipe(name, filesWith({}))).rejects.toThrow("must be a name of small letters");
  });
});
