import { spawn } from "node:child_process";

/** What one call of git said. */
export type GitReply = { readonly code: number; readonly output: Buffer; readonly complaint: string };

/** Calls git in one repository. */
export type Git = (args: readonly string[], input?: Uint8Array | string) => Promise<GitReply>;

/** Nothing of the machine's configuration may change what a patch means. */
const SETTINGS = [
  "core.attributesFile=/dev/null",
  "core.autocrlf=false",
  "core.hooksPath=/dev/null",
  "core.quotePath=false",
];

/**
 * Git in a bare repository of its own; there is no working tree, so nothing is ever checked out.
 * @throws Error where git is not installed.
 */
export function gitIn(folder: string): Git {
  const settings = SETTINGS.flatMap((setting) => ["-c", setting]);
  return (args, input = "") => callGit(folder, [...settings, `--git-dir=${folder}`, ...args], input);
}

function callGit(folder: string, args: readonly string[], input: Uint8Array | string): Promise<GitReply> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, { cwd: folder, stdio: ["pipe", "pipe", "pipe"] });
    const output: Buffer[] = [];
    const complaint: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => complaint.push(chunk));
    child.on("error", (cause) =>
      reject(new Error("git cannot be started; install it on this runner.", { cause })),
    );
    child.on("close", (code) =>
      resolve({
        code: code ?? 1,
        output: Buffer.concat(output),
        complaint: Buffer.concat(complaint).toString("utf8").trim(),
      }),
    );
    // Git may end before it has read everything; its exit status tells why.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}
