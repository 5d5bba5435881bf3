/**
 * The last part of `npm run bench:repair`: what one command takes as a plain process and behind either wall, from its start to
 * the end of all that it left. Times depend on the machine and are only reported.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openNetwork } from "@patchpilot/action-repair/network/open-network";
import { realClock } from "@patchpilot/action-repair/process/clock";
import { runLaunch } from "@patchpilot/action-repair/process/run-process";
import { openLimitedWall } from "@patchpilot/action-repair/sandbox/limited/open-limited-wall";
import { processSandbox } from "@patchpilot/action-repair/sandbox/process-sandbox";
import {
  type CommandFolders,
  makeBashCommand,
  type Sandbox,
} from "@patchpilot/action-repair/sandbox/sandbox";
import { openWall } from "@patchpilot/action-repair/sandbox/wall/open-wall";

const ROUNDS = 50;
const LIMITS = {
  clock: realClock,
  interrupt: new AbortController().signal,
  grace: { time: 0, cancelled: 0 },
  show: () => undefined,
};

const root = mkdtempSync(join(tmpdir(), "time-wall-"));
chmodSync(root, 0o711);
try {
  const machine = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" };
  const folders = makeFolders();
  const plain = await measureMedian(processSandbox(machine), folders);
  console.log(`A command as a plain process: ${plain.toFixed(1)} ms, median of ${ROUNDS}.`);
  const ports = {
    machine,
    user: `${process.getuid?.()}:${process.getgid?.()}`,
    node: process.execPath,
    workspace: folders.workspace,
    temporaryFolder: join(root, "temp"),
  };
  mkdirSync(ports.temporaryFolder);
  const walls = {
    "the wall": await openWall({ ports, folders, mayChange: false }),
    "the limited wall": await openLimitedWall({ ports, folders }, []),
  };
  for (const [name, wall] of Object.entries(walls)) {
    if ("fault" in wall) {
      console.log(`${name} is missing: ${wall.fault}`);
      continue;
    }
    const network = await openNetwork({
      ...{ sandbox: wall.sandbox, folders, machine, node: process.execPath, mark: "time-wall" },
      ...{ shared: false, services: [], findHome: () => folders.home },
      policy: { registries: [], named: [], fetching: new Set(), models: [] },
    });
    const launch: Sandbox["launch"] = (command, ...rest) =>
      wall.sandbox.launch({ ...command, ...network.enter("tests") }, ...rest);
    const walled = await measureMedian({ ...wall.sandbox, launch }, folders);
    await network.close();
    console.log(`Behind ${name}: ${walled.toFixed(1)} ms, ${(walled - plain).toFixed(1)} ms more.`);
  }
} finally {
  rmSync(root, { recursive: true });
}

function makeFolders(): CommandFolders {
  const make = (name: string) => {
    mkdirSync(join(root, name));
    return join(root, name);
  };
  const [workspace, home, temporary, task] = [make("workspace"), make("home"), make("tmp"), make("task")];
  execFileSync("git", ["init", "--quiet", workspace]);
  const git = make("git");
  return { workspace, home, temporary, task, programs: [], git, objects: join(workspace, ".git", "objects") };
}

async function measureMedian(sandbox: Sandbox, folders: CommandFolders): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { milliseconds, code } = await runLaunch(
      sandbox.launch(makeBashCommand("true"), folders, "time-wall"),
      LIMITS,
    );
    if (code !== 0) throw new Error(`The command ended with ${code}.`);
    times.push(milliseconds);
  }
  return times.sort((a, b) => a - b)[ROUNDS / 2] ?? 0;
}
