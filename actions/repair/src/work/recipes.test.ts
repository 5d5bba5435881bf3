import { describe, expect, test } from "vitest";
import { type Files, useCheckouts } from "../testing/checkout.ts";
import { runStep } from "../testing/run-step.ts";

const FOLDER = ".patchpilot/recipes/tidy";
const TIDY = "name: tidy\nsentence: Tidies up.\nexpects: patch\nstages: [implement, fix]\ntools: [edit]\n";
const CHECKED = `${TIDY}check: grep -q tidied cart.js\n`;
const BASE: Files = {
  "cart.js": "untidy\n",
  [`${FOLDER}/recipe.yml`]: CHECKED,
  [`${FOLDER}/implement.md`]: "Tidy up, then run {check}.\n",
  [`${FOLDER}/fix.md`]: "Again: {failed-command}\n",
};
const PROMPT = 'cat "$PATCHPILOT_PROMPT_FILE" > prompt.txt';

const makeCheckout = useCheckouts();

function runRecipe(files: Files, command: string, inputs: Readonly<Record<string, string>> = {}) {
  const checkout = makeCheckout(files);
  return runStep(checkout, { inputs: { recipe: "tidy", "test-command": "true", command, ...inputs } });
}

describe("a recipe of the repository's own", () => {
  test("gives the prompt", async () => {
    const { files, result } = await runRecipe(BASE, `${PROMPT}; echo tidied > cart.js`);
    expect(files["prompt.txt"]).toBe("Tidy up, then run grep -q tidied cart.js.\n");
    expect(result.recipe).toBe("tidy");
  });

  test("has its check run after the tests, and a red one corrected", async () => {
    const fixed = `${PROMPT}; if grep -q Again prompt.txt; then echo tidied > cart.js; else echo swept > cart.js; fi`;
    const { outputs, files, result } = await runRecipe(BASE, fixed);
    expect(outputs.result).toBe("patch");
    expect(files["prompt.txt"]).toBe("Again: grep -q tidied cart.js\n");
    expect(result.checks.map(({ name, outcome }) => [name, outcome])).toEqual([
      ["test", "passed"],
      ["recipe", "failed"],
      ["test", "passed"],
      ["recipe", "passed"],
    ]);
  });

  test("is the base commit's, whatever setup and agent make of the file", async () => {
    const lax = `printf '%s' '${TIDY}' > ${FOLDER}/recipe.yml; echo Lax > ${FOLDER}/implement.md`;
    const { outputs, files } = await runRecipe(BASE, `${PROMPT}; ${lax}; echo swept > cart.js`, {
      "setup-command": lax,
      "inner-attempts": "0",
    });
    expect(outputs.result).toBe("failed");
    expect(files["prompt.txt"]).toContain("grep -q tidied");
  });

  test("without a fix stage ends with the first red check", async () => {
    const once = { ...BASE, [`${FOLDER}/recipe.yml`]: CHECKED.replace(", fix", "") };
    const { result } = await runRecipe(once, "echo swept > cart.js");
    expect(result.calls).toHaveLength(1);
    expect(result.result).toBe("failed");
  });

  test("that is broken stops the step before the agent runs, and names each fault", async () => {
    const broken = { ...BASE, [`${FOLDER}/implement.md`]: "{everything}" };
    const { failure, result } = await runRecipe(broken, "echo tidied > cart.js");
    expect(failure).toContain("implement.md names {everything}");
    expect([result.calls, result.cause]).toEqual([[], "setup"]);
  });
});

test("a report changes nothing: what the agent says is kept, and what it did is thrown away", async () => {
  const recipe = TIDY.replace("patch", "report").replace("edit", "run-checks");
  const files = { ...BASE, [`${FOLDER}/recipe.yml`]: recipe };
  const { outputs, result } = await runRecipe(files, "echo tidied > cart.js; echo The cart is untidy.");
  expect(outputs).toMatchObject({ result: "no-change", patch: "" });
  expect(result).toMatchObject({ summary: "The cart is untidy.", ending: "reported" });
  expect(result.patch).toBeUndefined();
});
