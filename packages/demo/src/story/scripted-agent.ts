import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { BuiltInAction, BuiltInStep } from "@patchpilot/workflow-runner";
import type { Edit, Repair } from "./repairs.ts";

const runFile = promisify(execFile);

/**
 * Stands in for anthropics/claude-code-action: no model, but a script that knows its edits beforehand. Around it
 * everything is as with a model: it reads the task that `claim` wrote, works in the checkout, and runs the tests.
 * @param repairs one an attempt; the last stands for all later ones
 * @param onEdit told what was done, for people
 */
export function scriptedAgent(repairs: readonly Repair[], onEdit: (sentence: string) => void): BuiltInAction {
  let attempts = 0;
  return {
    inputs: { anthropic_api_key: "", allowed_bots: "", claude_args: "", github_token: "", prompt: "" },
    run: async (step) => {
      const repair = repairs[Math.min(attempts, repairs.length - 1)];
      attempts += 1;
      step.log("This is a scripted agent, not a model: it makes edits that were written beforehand.");
      step.log(await readTask(step));
      if (repair === undefined) return;
      for (const edit of repair.edits) await applyEdit(step.workspace, edit);
      const { stdout } = await runFile("node", ["--test"], { cwd: step.workspace, env: step.environment });
      step.log(stdout);
      onEdit(repair.sentence);
    },
  };
}

/** The file that the workflow's prompt names. */
async function readTask({ inputs }: BuiltInStep): Promise<string> {
  const path = /\S+\/task\/prompt\.md/.exec(inputs["prompt"] ?? "")?.[0];
  if (path === undefined)
    throw new Error("The prompt names no task file, so that the agent does not know its task.");
  return readFile(path, "utf8");
}

async function applyEdit(workspace: string, { file, replace }: Edit): Promise<void> {
  const path = join(workspace, file);
  let text = await readFile(path, "utf8");
  for (const { find, by } of replace) {
    if (!text.includes(find))
      throw new Error(`The scripted agent does not find its place in ${file}: ${find}`);
    text = text.replace(find, () => by);
  }
  await writeFile(path, text);
}
