import { spawn } from "node:child_process";
import { sayDiskIsFull } from "../result/disk-full.ts";

/** How git is called: everything that could make it run something else, or mean something else, is switched off. */
const SETTINGS = [
  "core.attributesFile=/dev/null",
  "core.autocrlf=false",
  "core.excludesFile=/dev/null",
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.quotePath=false",
  "core.untrackedCache=false",
  "protocol.allow=never",
  // The checkout may belong to another account than this process, as in a container.
  "safe.directory=*",
];

/** One call of git. */
export type GitCall = {
  /** Git's own folder; absent: git looks for it from `cwd`. */
  readonly gitFolder?: string;
  readonly workTree?: string;
  readonly index?: string;
  readonly cwd: string;
  readonly path: string;
  /** Milliseconds that it may take: git waits for ever where a pipe stands in the place of `.gitattributes`. */
  readonly patience?: number;
};

const PATIENCE = 120_000;

/** What git said. */
export type GitReply = { readonly code: number; readonly output: Buffer; readonly complaint: string };

/**
 * Calls git with none of the machine's configuration.
 * @throws Error where git is not installed, or does not end.
 */
export function callGit(
  call: GitCall,
  args: readonly string[],
  input: Uint8Array | string = "",
): Promise<GitReply> {
  const where = [
    ...(call.gitFolder === undefined ? [] : [`--git-dir=${call.gitFolder}`]),
    ...(call.workTree === undefined ? [] : [`--work-tree=${call.workTree}`]),
  ];
  const settings = SETTINGS.flatMap((setting) => ["-c", setting]);
  const env = {
    PATH: call.path,
    LC_ALL: "C",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    ...(call.index === undefined ? {} : { GIT_INDEX_FILE: call.index }),
  };
  return new Promise((resolve, reject) => {
    const timeout = call.patience ?? PATIENCE;
    const options = { cwd: call.cwd, env, stdio: "pipe", timeout, killSignal: "SIGKILL" } as const;
    const child = spawn("git", [...settings, ...where, ...args], options);
    const output: Buffer[] = [];
    const complaint: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => complaint.push(chunk));
    child.on("error", (cause) =>
      reject(new Error(`git cannot be started (${cause.message}); install it on this runner.`, { cause })),
    );
    child.on("close", (code, signal) => {
      if (signal === "SIGKILL")
        return reject(
          new Error(
            `git ${args[0]} did not end within ${timeout / 1000} seconds. Look for pipes in the checkout that something reads from.`,
          ),
        );
      resolve({
        code: code ?? 1,
        output: Buffer.concat(output),
        complaint: Buffer.concat(complaint).toString("utf8").trim(),
      });
    });
    // Git may end before it has read everything; its exit status tells why.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

/**
 * Calls git and expects it to succeed.
 * @throws Error with git's first complaint, or that the disk is full.
 */
export async function git(
  call: GitCall,
  args: readonly string[],
  input?: Uint8Array | string,
): Promise<Buffer> {
  const reply = await callGit(call, args, input);
  if (reply.code === 0) return reply.output;
  sayDiskIsFull(reply.complaint);
  throw new Error(`git ${args[0]} failed: ${firstComplaint(reply.complaint)}.`);
}

/** The line of git's complaint that says why, without its prefix. */
export const firstComplaint = (complaint: string): string => {
  const lines = complaint.split("\n");
  const line = lines.find((each) => /^(error|fatal):/.test(each)) ?? lines[0] ?? "";
  return line.replace(/^(error|fatal): /, "").slice(0, 300);
};
