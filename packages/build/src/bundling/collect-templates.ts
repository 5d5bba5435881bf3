import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readReadmeWorkflow } from "../house/workflows/readme-workflow.ts";

/** Where the text of each template of the command line is, by its name. The README has the first. */
const FILES = {
  "patchpilot-repair": "actions/repair/templates/patchpilot-repair.yml",
  "patchpilot-task": "actions/repair/templates/patchpilot-task.yml",
  "while-open": "docs/examples/while-open/patchpilot.yml",
  "patchpilot-tick": "docs/examples/while-open/patchpilot-tick.yml",
  "one-app": "docs/examples/one-app.yml",
  monorepo: "docs/examples/monorepo.yml",
  "agent-repository": "docs/examples/agent-repository.yml",
} as const;

/** Texts of the workflows that users copy, as the repository has them: a release names commits in them. */
export const collectTemplates = (repository: string): Record<"patchpilot" | keyof typeof FILES, string> => ({
  patchpilot: readReadmeWorkflow(repository),
  ...(Object.fromEntries(
    Object.entries(FILES).map(([name, path]) => [name, readFileSync(join(repository, path), "utf8")]),
  ) as Record<keyof typeof FILES, string>),
});
