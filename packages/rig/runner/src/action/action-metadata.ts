import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { child, entries } from "@patchpilot/workflow";
import {
  convertActionTemplate,
  NoOperationTraceWriter,
  parseAction,
  type TemplateToken,
} from "@patchpilot/workflow/github-parser";

export type ActionInput = {
  readonly name: string;
  readonly fallback: TemplateToken | undefined;
  readonly deprecation: string | undefined;
};

/** What `action.yml` of a JavaScript action says. */
export type ActionMetadata = {
  readonly folder: string;
  readonly inputs: readonly ActionInput[];
  readonly outputs: readonly string[];
  /** Paths of the scripts, absolute; conditions without `${{ }}`. */
  readonly main: string;
  readonly pre: ActionScript | undefined;
  readonly post: ActionScript | undefined;
};

type ActionScript = { readonly script: string; readonly condition: string };

/**
 * Reads and checks the `action.yml` in a folder with GitHub's parser.
 * @throws Error naming the folder, where the file is missing, wrong, or not a node24 action
 */
export async function readActionMetadata(folder: string): Promise<ActionMetadata> {
  const text = await readFile(join(folder, "action.yml"), "utf8").catch((error: unknown) => {
    throw new Error(`The action in ${folder} cannot be read: build or generate its action.yml first.`, {
      cause: error,
    });
  });
  const { context, value: root } = parseAction(
    { name: "action.yml", content: text },
    new NoOperationTraceWriter(),
  );
  const template = root === undefined ? undefined : convertActionTemplate(context, root);
  const errors = context.errors.getErrors().map((error) => error.message);
  if (template === undefined || errors.length > 0)
    throw new Error(`The action in ${folder} is wrong: ${errors.join("; ")}`);
  const runs = template.runs;
  if (runs.using !== "node24") {
    throw new Error(`The action in ${folder} uses \`${runs.using}\`; this runner runs \`node24\` only.`);
  }
  return {
    folder,
    inputs: entries(child(root, "inputs")).map(([name, input]) => ({
      name,
      fallback: child(input, "default"),
      deprecation: child(input, "deprecationMessage")?.toString(),
    })),
    outputs: (template.outputs ?? []).map((output) => output.id),
    main: join(folder, runs.main),
    pre: toScript(folder, runs.pre, runs.preIf),
    post: toScript(folder, runs.post, runs.postIf),
  };
}

/** `pre` and `post` run always, unless `pre-if` or `post-if` says otherwise. */
function toScript(
  folder: string,
  path: string | undefined,
  condition: string | undefined,
): ActionScript | undefined {
  return path === undefined ? undefined : { script: join(folder, path), condition: condition ?? "always()" };
}
