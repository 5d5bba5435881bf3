import type { RecipeStage } from "./recipe.ts";

/** What a prompt may name, and in which stages there is something to put there. */
const PLACEHOLDERS = {
  "prompt-file": "the file that names the incident, the files to look at first and the earlier attempts",
  "evidence-file": "the file with the evidence, which is data",
  "task-file": "the same facts as JSON",
  issue: "the number of the incident's issue",
  attempt: "the number of the attempt",
  "test-command": "the command that runs the project's tests",
  check: "the recipe's own check command",
  plan: "the plan that was made, as a block of data",
  "failed-command": "the command that failed",
  failure: "the end of what it printed, as a block of data",
} as const;
export type Placeholder = keyof typeof PLACEHOLDERS;

const ONLY_IN: Readonly<Partial<Record<Placeholder, readonly RecipeStage[]>>> = {
  plan: ["implement", "fix"],
  "failed-command": ["fix"],
  failure: ["fix"],
};

/** A name in braces, in small letters: `{test-command}`. Braces with anything else in them are left as they are. */
const IN_BRACES = /\{([a-z][a-z0-9-]*)\}/g;

const isPlaceholder = (name: string): name is Placeholder => Object.hasOwn(PLACEHOLDERS, name);

/** One sentence for each placeholder that a prompt names and that has no meaning there. */
export function findPlaceholderFaults(stage: RecipeStage, text: string): string[] {
  const names = new Set(Array.from(text.matchAll(IN_BRACES), ([, name = ""]) => name));
  return [...names].flatMap((name) => {
    if (!isPlaceholder(name))
      return [
        `${stage}.md names {${name}}, which is not one of ${Object.keys(PLACEHOLDERS).join(", ")}: correct it, or put a space inside the braces.`,
      ];
    const stages = ONLY_IN[name];
    return stages === undefined || stages.includes(stage)
      ? []
      : [`${stage}.md names {${name}}, which is only known in ${stages.join(" and ")}.`];
  });
}

/** Puts values in the place of placeholders, in one pass: what a value holds is never read as a placeholder. */
export function fillPlaceholders(text: string, values: Readonly<Record<Placeholder, string>>): string {
  return text.replace(IN_BRACES, (whole, name: string) => (isPlaceholder(name) ? values[name] : whole));
}
