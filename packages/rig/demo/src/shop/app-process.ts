import { type ChildProcess, execFile, fork } from "node:child_process";
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const runFile = promisify(execFile);

/** Where the packages of the app are installed: the demo depends on what the app depends on. */
const INSTALLED = fileURLToPath(new URL("../../node_modules", import.meta.url));

const VIRTUAL_WAITS = new URL("virtual-waits.ts", import.meta.url).href;

/** The web app, running as a process of its own from a checkout of one commit. */
export type AppProcess = Awaited<ReturnType<typeof startApp>>;

export type ShopRequest = {
  readonly sha: string;
  /** The bare repository that holds the commit. */
  readonly gitDirectory: string;
  /** An empty place for the checkout. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
};

/** Checks a commit out and starts the app from it; resolves when it listens. */
export async function startApp({ sha, gitDirectory, folder, environment }: ShopRequest) {
  await checkOut(sha, gitDirectory, folder);
  await symlink(INSTALLED, join(folder, "node_modules"), "junction");
  const child = fork(join(folder, "src", "server.js"), [], {
    cwd: folder,
    execArgv: ["--import", VIRTUAL_WAITS, "--import", "./src/instrument.js"],
    env: { PATH: process.env["PATH"] ?? "", SENTRY_RELEASE: `shop@${sha}`, ...environment },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    // A group of its own: Ctrl-C reaches the demo alone, which ends the shop when nothing needs it any more.
    detached: true,
  });
  const { port } = (await readAnswer(child)) as { port: number };
  return {
    sha,
    port,
    /** Hands over at once what its SDKs still hold. */
    flush: async () => void (await readAnswer(child, "flush")),
    stop: () => stop(child),
  };
}

async function checkOut(sha: string, gitDirectory: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const place = ["--git-dir", gitDirectory, "--work-tree", folder];
  await runFile("git", [...place, "checkout", "--force", sha, "--", "."]);
}

/** The next message of the app, after a question or by itself. @throws Error where the app is gone */
function readAnswer(child: ChildProcess, question?: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (): void =>
      reject(new Error(`The shop's process has ended (${child.exitCode ?? child.signalCode}).`));
    child.once("exit", fail);
    child.once("message", (message) => {
      child.off("exit", fail);
      resolve(message);
    });
    if (question !== undefined) child.send(question, (error) => error && fail());
  });
}

/** SIGKILL: what the SDKs held was flushed before, and a demo need not wait for idle connections. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}
