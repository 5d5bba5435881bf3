import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Names the file in which a process that was started anew finds its environment. */
const HANDED_ON = "PATCHPILOT_ENVIRONMENT";

/** What Node and the C library read when a process begins, and nothing that could be a secret of the job. */
const READ_AT_START =
  /^(PATH|HOME|LANG|LC_\w+|TZ|NODE_(OPTIONS|EXTRA_CA_CERTS|USE_\w+|NO_WARNINGS|V8_COVERAGE)|SSL_CERT_\w+|(HTTPS?|NO)_PROXY)$/i;

/**
 * Takes the job's secrets out of what other processes of this account can read of this one. Linux shows them the
 * environment that a process began with, whatever becomes of it later (proc_pid_environ(5)). So this process starts
 * itself anew, under the same id, with an environment that holds nothing of the job's, and gets the rest from a file
 * that is gone before anything else runs. Call it first of all. Where a process cannot do that (other systems, Node
 * before 22.15), nothing happens.
 */
export function hideEnvironment(): void {
  const file = process.env[HANDED_ON];
  if (file !== undefined) {
    takeOver(file);
    return;
  }
  if (process.platform !== "linux" || process.execve === undefined) return;
  const kept = Object.entries(process.env).filter(([name]) => READ_AT_START.test(name));
  const handed = handOn();
  if (handed === undefined) return;
  const words = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  process.execve(process.execPath, words, { ...Object.fromEntries(kept), [HANDED_ON]: handed });
}

/** @returns undefined where nothing can be written: that the disk is full is told by whoever must write something */
function handOn(): string | undefined {
  try {
    const folder = mkdtempSync(join(process.env["RUNNER_TEMP"] || tmpdir(), "patchpilot-environment-"));
    const file = join(folder, "environment.json");
    writeFileSync(file, JSON.stringify(process.env), { mode: 0o600 });
    return file;
  } catch {
    return undefined;
  }
}

function takeOver(file: string): void {
  delete process.env[HANDED_ON];
  Object.assign(process.env, JSON.parse(readFileSync(file, "utf8")));
  rmSync(dirname(file), { recursive: true });
}
