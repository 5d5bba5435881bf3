import { spawn } from "node:child_process";
import { cleanEnvironment, SETTING_ARGUMENTS } from "./environment.ts";
import { hideToken, type Remote, remoteEnvironment } from "./remote.ts";

/** Where git is called, and on what. */
export type GitPlace = {
  /** Git's own folder. Absent: git looks for it from `cwd`. */
  readonly gitFolder?: string;
  readonly workTree?: string;
  readonly index?: string;
  readonly cwd: string;
  /** Where git is looked for, as in `PATH`. */
  readonly path: string;
  /** Milliseconds that a call may take: git waits for ever if a pipe takes the place of `.gitattributes`. */
  readonly patience?: number;
  /** What the call may reach. Absent: nothing. */
  readonly remote?: Remote;
};

/** How a call ended: git's exit status, its output, and what it complained of. */
export type GitReply = { readonly code: number; readonly output: Buffer; readonly complaint: string };

/** Calls of git by a job: where git is looked for is settled. */
export type JobGit = (
  place: Omit<GitPlace, "path">,
  args: readonly string[],
  input?: Uint8Array | string,
) => Promise<GitReply>;

/** A call of git that failed. */
export class GitFailure extends Error {
  override readonly name = "GitFailure";
  /** Everything that git wrote to its standard error. */
  readonly complaint: string;

  constructor(command: string | undefined, complaint: string) {
    super(`git ${command} failed: ${firstComplaint(complaint)}.`);
    this.complaint = complaint;
  }
}

const PATIENCE = 120_000;

/**
 * Calls git with none of the machine's configuration. What it complained of never holds the remote's token.
 * @throws Error if git is not installed, or does not end in time.
 */
export async function callGit(
  place: GitPlace,
  args: readonly string[],
  input: Uint8Array | string = "",
): Promise<GitReply> {
  const { gitFolder, workTree, index, cwd, path, patience: timeout = PATIENCE, remote } = place;
  const where = [
    ...(gitFolder === undefined ? [] : [`--git-dir=${gitFolder}`]),
    ...(workTree === undefined ? [] : [`--work-tree=${workTree}`]),
  ];
  const env = {
    ...cleanEnvironment(path),
    ...(index === undefined ? {} : { GIT_INDEX_FILE: index }),
    ...(remote === undefined ? {} : remoteEnvironment(remote)),
  };
  return new Promise((resolve, reject) => {
    const options = { cwd, env, stdio: "pipe", timeout, killSignal: "SIGKILL" } as const;
    const child = spawn("git", [...SETTING_ARGUMENTS, ...where, ...args], options);
    const output: Buffer[] = [];
    const complaint: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => complaint.push(chunk));
    child.on("error", (cause) =>
      reject(new Error(`git cannot be started (${cause.message}). Install it on this runner.`, { cause })),
    );
    child.on("close", (code, signal) => {
      if (signal === "SIGKILL") return reject(new Error(overdue(args[0], timeout)));
      resolve({
        code: code ?? 1,
        output: Buffer.concat(output),
        complaint: hideToken(Buffer.concat(complaint).toString("utf8").trim(), remote?.token),
      });
    });
    // Git may end before it has read everything; its exit status tells why.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

const overdue = (command: string | undefined, milliseconds: number): string =>
  `git ${command} did not end within ${milliseconds / 1000} seconds. Check the checkout for named pipes (FIFOs).`;

/**
 * Calls git and expects it to succeed.
 * @returns its output
 * @throws GitFailure with git's first complaint
 */
export async function git(
  place: GitPlace,
  args: readonly string[],
  input?: Uint8Array | string,
): Promise<Buffer> {
  return readOutput(args, await callGit(place, args, input));
}

/** @throws GitFailure with git's first complaint */
export function readOutput(args: readonly string[], { code, output, complaint }: GitReply): Buffer {
  if (code !== 0) throw new GitFailure(args[0], complaint);
  return output;
}

/**
 * The same for a short answer, such as a SHA.
 * @returns the output as text, without blanks around it
 */
export async function askGit(
  place: GitPlace,
  args: readonly string[],
  input?: Uint8Array | string,
): Promise<string> {
  return (await git(place, args, input)).toString("utf8").trim();
}

/** Whether a commit is in the history of another; false also if git does not know one of them. */
export async function isCommitIn(place: GitPlace, commit: string, head: string): Promise<boolean> {
  return (await callGit(place, ["merge-base", "--is-ancestor", commit, head])).code === 0;
}

/** The line of git's complaint that says why, without its prefix. */
export function firstComplaint(complaint: string): string {
  const lines = complaint.split("\n");
  const line = lines.find((each) => /^(error|fatal):/.test(each)) ?? lines[0] ?? "";
  return line.replace(/^(error|fatal): /, "").slice(0, 300);
}
