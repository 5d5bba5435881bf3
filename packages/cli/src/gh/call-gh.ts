import { spawn } from "node:child_process";

/** How a call of `gh` ended. */
export type GhReply = { readonly code: number; readonly output: string; readonly complaint: string };

/**
 * Calls GitHub's command line with your account.
 * @param input what it gets on its stdin: the only way by which a secret goes to it
 * @throws Error if it is not installed, or does not end within a minute
 */
async function callGh(args: readonly string[], input = ""): Promise<GhReply> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, GH_PROMPT_DISABLED: "1", GH_NO_UPDATE_NOTIFIER: "1", NO_COLOR: "1" };
    const child = spawn("gh", args, { env, stdio: "pipe", timeout: 60_000, killSignal: "SIGKILL" });
    let output = "";
    let complaint = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString("utf8")));
    child.on("error", (cause) => reject(new Error(`gh cannot be started (${cause.message}).`, { cause })));
    child.on("close", (code, signal) => {
      if (signal !== null) return reject(new Error(`gh ${args[0]} did not end within a minute.`));
      resolve({ code: code ?? 1, output, complaint: complaint.trim() });
    });
    // It may end before it has read everything; its exit status says why.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

/**
 * The token that GitHub is asked with: `GH_TOKEN` or `GITHUB_TOKEN` as `gh` takes them, else the one of `gh auth login`.
 * @throws Error with what to do if there is none
 */
export async function readToken(host: string): Promise<string> {
  const given =
    host === "github.com" ? ["GH_TOKEN", "GITHUB_TOKEN"] : ["GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"];
  const found = given.map((name) => process.env[name]).find((value) => value !== undefined && value !== "");
  if (found !== undefined) return found;
  const reply = await callGh(["auth", "token", "--hostname", host]).catch(() => undefined);
  const token = reply?.code === 0 ? reply.output.trim() : "";
  if (token !== "") return token;
  throw new Error(
    reply === undefined
      ? `GitHub's command line is not installed, and ${given[0]} is not set. Install gh (https://cli.github.com) and run \`gh auth login\`, or set ${given[0]}.`
      : `You are not logged in at ${host}. Run \`gh auth login --hostname ${host}\`, or set ${given[0]}.`,
  );
}

/**
 * Stores a secret of a repository. Its value goes by stdin.
 * @throws Error with what `gh` complained of
 */
export async function setSecret(repository: string, name: string, value: string): Promise<void> {
  const { code, complaint } = await callGh(["secret", "set", name, "--repo", repository], value);
  if (code !== 0) throw new Error(`gh secret set ${name} failed: ${complaint.split("\n")[0] ?? ""}`);
}
