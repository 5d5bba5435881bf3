import { fillPlaceholders } from "./placeholders.ts";
import type { Recipe, RecipeStage } from "./recipe.ts";

/** What prompts are filled with. Texts of others (`plan`, `failure.output`) must be redacted and bounded already. */
export type PromptFacts = {
  /** Paths as the agent sees them, inside its sandbox. */
  readonly promptFile: string;
  readonly evidenceFile: string;
  readonly taskFile: string;
  readonly issue: number;
  readonly attempt: number;
  /** Undefined where none is configured and none can be told. */
  readonly testCommand: string | undefined;
  /** The plan that was made or approved. */
  readonly plan?: string;
  /** What went red, and the end of what it printed. */
  readonly failure?: { readonly command: string; readonly output: string };
  /** Unguessable, made anew for each run: 16 letters or digits at least. It fences the texts of others. */
  readonly delimiter: string;
};

/**
 * Fills the prompt of a stage with what is known so far. Pure.
 * What others wrote stands between two lines that it cannot contain, and is called data.
 * @throws RangeError where the delimiter is short or occurs in a text.
 */
export function fillPrompt(recipe: Recipe, stage: RecipeStage, facts: PromptFacts): string {
  const values = {
    "prompt-file": facts.promptFile,
    "evidence-file": facts.evidenceFile,
    "task-file": facts.taskFile,
    issue: String(facts.issue),
    attempt: String(facts.attempt),
    "test-command": facts.testCommand ?? "the project's own tests (find out how they are run)",
    check: recipe.check ?? "(none)",
    plan: dataBlock("PLAN", facts.plan, facts.delimiter) ?? "No plan was made.",
    "failed-command": facts.failure?.command ?? "(unknown)",
    failure: dataBlock("OUTPUT", facts.failure?.output, facts.delimiter) ?? "It printed nothing.",
  };
  return fillPlaceholders(recipe.prompts[stage] ?? "", values);
}

function dataBlock(name: string, text: string | undefined, delimiter: string): string | undefined {
  if (!/^[A-Za-z0-9_-]{16,}$/.test(delimiter) || text?.includes(delimiter))
    throw new RangeError(
      "The delimiter must have 16 letters or digits that do not occur in a text: make a new random one.",
    );
  if (text === undefined || text.trim() === "") return undefined;
  return `BEGIN ${name} ${delimiter}\n${text.trimEnd()}\nEND ${name} ${delimiter}`;
}
