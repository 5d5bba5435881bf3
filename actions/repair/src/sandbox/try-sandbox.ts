import { runFile } from "../process/run-file.ts";
import type { CommandFolders, Sandbox } from "./sandbox.ts";

/** Milliseconds of one try. */
const PATIENCE = 20_000;

/** How a try failed, and the last line that it said. */
export type Failure = { readonly code: unknown; readonly said: string };

/** Runs a shell's script as every later command is run. @returns undefined if it ends well */
export async function trySandbox(
  sandbox: Sandbox,
  folders: CommandFolders,
  script: string,
  words: readonly string[] = [],
): Promise<Failure | undefined> {
  const command = { command: "sh", args: ["-c", script, "probe", ...words], env: {}, stdin: "" };
  const { file, args, cwd, env } = sandbox.launch(command, folders, "probe");
  try {
    await runFile(file, [...args], {
      cwd,
      env: { ...env, LC_ALL: "C" },
      timeout: PATIENCE,
      killSignal: "SIGKILL",
    });
    return undefined;
  } catch (error) {
    const { code, stderr = "", message } = error as { code?: unknown; stderr?: string; message: string };
    const last = stderr.trim().split("\n").at(-1) || message;
    return { code, said: last.replace(/\.$/, "").slice(0, 200) };
  }
}
