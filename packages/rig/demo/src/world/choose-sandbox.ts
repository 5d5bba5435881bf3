import { execFile } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { SYSTEM_PATH } from "@patchpilot/runner";
import { DEMO_NAMES } from "./names.ts";

const run = promisify(execFile);
const ACTION = fileURLToPath(new URL("../../../../../actions/repair/dist/index.js", import.meta.url));

/** What the repair workflow's `sandbox` is, and why it is named where it must be. */
export type ChosenSandbox = { readonly sandbox: "auto" | "process"; readonly why?: string };

/**
 * Asks the action, which runs nothing in a dry run, whether `auto` finds a sandbox here. If it stops, the demo names
 * `process`, as the owner of such a machine would. If it cannot be asked, the story itself shows why.
 */
export async function chooseDemoSandbox(place: string): Promise<ChosenSandbox> {
  const [workspace, temporary] = [join(place, "sandbox", "checkout"), join(place, "sandbox", "temp")];
  await mkdir(temporary, { recursive: true });
  const env = {
    PATH: [dirname(process.execPath), ...SYSTEM_PATH].join(":"),
    GITHUB_REPOSITORY: DEMO_NAMES.repository,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temporary,
    ...{ INPUT_AGENT: "command", INPUT_COMMAND: "true", INPUT_PROMPT: "Nothing.", "INPUT_DRY-RUN": "true" },
  };
  try {
    await makeCheckout(workspace);
    // It ends with 1 if it stops; what counts is its result.
    await run(process.execPath, [ACTION], { cwd: workspace, env }).catch(() => undefined);
    const result = join(temporary, "patchpilot-repair", "result.json");
    return sandboxFor(JSON.parse(await readFile(result, "utf8")));
  } catch {
    return { sandbox: "auto" };
  }
}

async function makeCheckout(folder: string): Promise<void> {
  const author = ["-c", "user.name=demo", "-c", "user.email=demo@example.com"];
  await run("git", ["init", "--quiet", folder]);
  await run("git", ["-C", folder, ...author, "commit", "--quiet", "--allow-empty", "--message", "Start"]);
}

/** Pure. */
export function sandboxFor({ result, reason }: { result: string; reason: string }): ChosenSandbox {
  return result === "no-change" ? { sandbox: "auto" } : { sandbox: "process", why: reason };
}
