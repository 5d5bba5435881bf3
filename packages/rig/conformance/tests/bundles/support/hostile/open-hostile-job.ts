import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import type { Condition } from "../conditions.ts";
import { openRepairJob, type RepairJob, type RepairJobStep } from "../repair-job.ts";

/** How many things `reach.mjs` tries to reach. */
export const TRIES = 12;

const REACH = readFileSync(new URL("reach.mjs", import.meta.url), "utf8");
const ATTACH = readFileSync(new URL("attach.mjs", import.meta.url), "utf8");
const PLANTED = "a secret of the runner's";
const SECRET = ["npm-sec", "ret-0123456789abcdef"];
const BASE = {
  "cart.js": "broken\n",
  "check.sh": "grep -q mended cart.js\n",
  "reach.mjs": REACH,
  "attach.mjs": ATTACH,
};

/** A job whose agent and tests try to reach what is not theirs, and around it all that they could reach. */
export type HostileJob = {
  readonly work: (sandbox: string, test: string) => Promise<RepairJobStep>;
  readonly verify: (sandbox: string, work: RepairJobStep, test: string) => Promise<RepairJobStep>;
  /** Everything that agent or tests reached so far. */
  readonly reached: () => string[];
  readonly close: () => void;
};

export function openHostileJob(condition: Condition): HostileJob {
  const job = openRepairJob(BASE, condition);
  const socket = openSocket(join(job.root, "docker.sock"));
  const victim = startVictim(condition.account);
  const daemons = ["background", "session", "folder"].map((kind) => `${basename(job.root)}-${kind}`);
  writeFileSync(join(job.root, "temp", "planted"), PLANTED);
  writeFileSync(join(job.home, ".netrc"), PLANTED);
  // Where actions/checkout has left the job's token.
  appendFileSync(join(job.root, "workspace", ".git", "config"), `[http]\n\textraheader = ${PLANTED}\n`);
  const hostile = hostileCommand(job, { victim: victim.pid, daemons });
  const told: string[] = [];
  const run = async (inputs: Readonly<Record<string, string>>) => {
    const step = await job.run({ "npm-token": SECRET.join(""), "setup-command": "true", ...inputs });
    told.push(...toldBy(job));
    return step;
  };
  return {
    work: (sandbox, test) =>
      run({
        sandbox,
        command: `echo mended > cart.js\n${hostile("agent")}`,
        "test-command": `${hostile("test")}\n${test}`,
      }),
    verify: (sandbox, work, test) => {
      job.restore();
      return run({
        step: "verify",
        sandbox,
        patch: work.outputs["patch"] ?? "",
        "patch-sha256": work.outputs["patch-sha256"] ?? "",
        "test-command": `${hostile("verify")}\n${test}`,
      });
    },
    reached: () => [...new Set([...told, ...findTraces(job, victim, daemons)])],
    close: () => {
      for (const pid of daemons.flatMap(listProcesses)) process.kill(pid, "SIGKILL");
      victim.kill("SIGKILL");
      socket.close();
      job.remove();
    },
  };
}

type Prey = { readonly victim: number | undefined; readonly daemons: readonly string[] };

function hostileCommand(job: RepairJob, prey: Prey): (who: string) => string {
  const targets = {
    ...prey,
    secret: SECRET,
    planted: PLANTED,
    bundle: job.bundle,
    commandFiles: job.commandFiles,
    temporary: join(job.root, "temp"),
    home: job.home,
    tools: job.tools,
    socket: join(job.root, "docker.sock"),
  };
  const quoted = JSON.stringify(targets).replaceAll("'", "'\\''");
  return (who) => `'${process.execPath}' reach.mjs '${quoted}' reached-${who}.json`;
}

/** Stands for the daemon of docker. */
function openSocket(path: string) {
  const server = createServer((connection) => connection.end());
  server.listen(path, () => chmodSync(path, 0o777));
  return server;
}

/** Stands for a process of the runner, of the account that the job has. */
function startVictim(account: number | undefined): ChildProcess {
  const identity = account === undefined ? {} : { uid: account, gid: account };
  return spawn("sleep", ["1000"], { ...identity, env: { PATH: "/usr/bin:/bin", PLANTED }, stdio: "ignore" });
}

const toldBy = (job: RepairJob): string[] =>
  ["agent", "test", "verify"].flatMap((who) => {
    const path = join(job.root, "workspace", `reached-${who}.json`);
    return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as string[]) : [];
  });

function findTraces(job: RepairJob, victim: ChildProcess, daemons: readonly string[]): string[] {
  const traces = {
    "the git folder": existsSync(join(job.root, "workspace", ".git", "planted")),
    "the tool cache": existsSync(join(job.tools, "bin", "planted")),
    "killing a process of the runner": victim.signalCode !== null,
    "a daemon that survives": daemons.flatMap(listProcesses).length > 0,
  };
  return Object.entries(traces).flatMap(([name, found]) => (found ? [name] : []));
}

/** Processes, zombies aside, that have this word among their arguments. */
function listProcesses(word: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => readArguments(pid).includes(word))
    .map(Number);
}

function readArguments(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}
