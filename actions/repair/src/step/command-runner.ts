import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { MINUTE } from "@patchpilot/time";
import type { Network } from "../network/network.ts";
import type { Asker } from "../network/policy.ts";
import type { RepairPorts } from "../ports.ts";
import { openLogFence } from "../process/log-fence.ts";
import { type Ended, type Interruption, runLaunch } from "../process/run-process.ts";
import type { CommandFolders, Sandbox, SandboxCommand } from "../sandbox/sandbox.ts";
import { findLocalAddresses } from "./read-variables.ts";
import type { Scratch } from "./scratch.ts";
import type { Surroundings } from "./surroundings.ts";

/** Who a command belongs to: each has a home of its own, and only the installer writes where programs are. */
type Owner = Asker | "installer";

/** Runs commands in the sandbox, one at a time, until the time is up or the job is cancelled. */
export type CommandRunner = {
  /** @param most milliseconds for this command alone, if it may not take all that is left */
  readonly run: (title: string, command: SandboxCommand, owner: Owner, most?: number) => Promise<Ended>;
  /** Why nothing can be run any more. */
  readonly interrupted: () => Interruption | undefined;
  /** Ends the services that setup started, so another setup finds their ports free. */
  readonly endServices: () => Promise<void>;
  /** Ends the services that setup started, too. */
  readonly close: () => Promise<void>;
};

/** Where commands run. */
export type Workplace = {
  readonly sandbox: Sandbox;
  readonly network: Network;
  readonly surroundings: Surroundings;
};

/** Milliseconds that are left to a process once it was asked to end. A cancelled job has 7.5 seconds in all. */
const GRACE = { time: 10_000, cancelled: 1_500 };

/** Part of the time that is kept for killing and saving: a fifth, and at most a minute. */
const keepBack = (milliseconds: number): number => Math.min(MINUTE, milliseconds / 5);

export function openCommandRunner(
  { sandbox, network, surroundings }: Workplace,
  scratch: Scratch,
  programs: readonly string[],
  minutes: number,
  ports: RepairPorts,
): CommandRunner {
  const stop = new AbortController();
  const milliseconds = minutes * MINUTE;
  const callOff = ports.clock.after(milliseconds - keepBack(milliseconds), () => stop.abort("time"));
  const interrupt = AbortSignal.any([stop.signal, ports.cancelled]);
  const services: (() => Promise<void>)[] = [];
  const endServices = () => endAll(services.splice(0));
  return {
    run: async (title, command, owner, most) => {
      const mark = ports.makeName();
      const place = owner === "installer" ? (sandbox.installer ?? sandbox) : sandbox;
      const entry = owner === "installer" ? { env: {} } : network.enter(owner);
      const around = owner === "installer" ? {} : describeSurroundings(surroundings, sandbox, scratch, ports);
      const entering = { ...command, ...entry, env: { ...around, ...command.env, ...entry.env } };
      const launch = place.launch(entering, listFolders(owner, scratch, ports.workspace, programs), mark);
      const before = network.refused.length;
      const group = openLogGroup(title, ports);
      const limit = limitTime(most, interrupt, ports);
      try {
        return await runLaunch(launch, {
          ...{ clock: ports.clock, interrupt: limit.signal, grace: GRACE, show: group.show },
          // Tests may need a service that setup starts, as they do in the project's own CI.
          ...(owner === "setup" && place.outlives && { letLive: (end) => services.push(end) }),
        });
      } finally {
        limit.lift();
        await place.end(mark);
        group.close(network.refused.slice(before));
      }
    },
    interrupted: () => (interrupt.aborted ? (interrupt.reason as Interruption) : undefined),
    endServices,
    close: () => {
      callOff();
      return endServices();
    },
  };
}

async function endAll(services: readonly (() => Promise<void>)[]): Promise<void> {
  for (const end of services) await end();
}

/** What a command prints, in a group of the log that it cannot leave. */
function openLogGroup(title: string, { writeLog, makeName }: RepairPorts) {
  writeLog(`::group::${oneLine(title)}\n`);
  const fence = openLogFence(writeLog, makeName());
  return {
    show: fence.show,
    /** @param refused what the network did not let the command reach */
    close: (refused: readonly string[]) => {
      fence.close();
      writeLog("::endgroup::\n");
      for (const each of refused) writeLog(`Refused by the network: ${each}.\n`);
    },
  };
}

/** Ends one command when everything ends, or when its own time is up. */
function limitTime(most: number | undefined, interrupt: AbortSignal, { clock }: RepairPorts) {
  const own = new AbortController();
  const signal = AbortSignal.any([interrupt, own.signal]);
  return { signal, lift: most === undefined ? () => {} : clock.after(most, () => own.abort("time")) };
}

/**
 * Variables of the project. In a container there is no folder of tools: its image holds what is needed, and PATH is its
 * own.
 */
function describeSurroundings(
  { variables, places, path }: Surroundings,
  { name }: Sandbox,
  scratch: Scratch,
  { machine }: RepairPorts,
): Record<string, string> {
  if (name === "docker") return { ...variables };
  const tools = toolsFolder(scratch);
  const first = [...path, "bin"].map((folder) => join(tools, folder));
  return {
    ...Object.fromEntries(Object.entries(places).map(([variable, place]) => [variable, join(tools, place)])),
    PATCHPILOT_TOOLS: tools,
    ...findLocalAddresses(machine),
    ...(machine["PATH"] === undefined ? {} : { PATH: [...first, machine["PATH"]].join(delimiter) }),
    ...variables,
  };
}

/** Tools and packages that setup brings; the agent reads them. */
const toolsFolder = ({ projectHome }: Scratch): string => join(projectHome, "tools");

/** @param programs what the agent is, and needs beside the machine's programs */
export function listFolders(
  owner: Owner,
  scratch: Scratch,
  workspace: string,
  programs: readonly string[],
): CommandFolders {
  return {
    workspace,
    task: scratch.task,
    home: {
      installer: scratch.programs,
      agent: scratch.agentHome,
      setup: scratch.projectHome,
      tests: scratch.projectHome,
    }[owner],
    temporary: scratch.temporary,
    programs:
      owner === "agent"
        ? [...programs, ...[toolsFolder(scratch)].filter((folder) => existsSync(folder))]
        : [],
    // Setup may have the token of a registry, and tests shall find what `verify` finds: neither obeys the agent's.
    git: owner === "agent" ? scratch.agentGit : scratch.projectGit,
    objects: join(scratch.vault, "objects"),
  };
}

/** As the runner reads the text of a command. */
const oneLine = (text: string): string =>
  text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n.*$/s, " …").slice(0, 200);
