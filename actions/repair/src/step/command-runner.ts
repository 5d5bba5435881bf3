import { join } from "node:path";
import { MINUTE } from "@patchpilot/time";
import type { Network } from "../network/network.ts";
import type { Asker } from "../network/policy.ts";
import type { RepairPorts } from "../ports.ts";
import { openLogFence } from "../process/log-fence.ts";
import { type Ended, type Interruption, runLaunch } from "../process/run-process.ts";
import type { CommandFolders, Sandbox, SandboxCommand } from "../sandbox/sandbox.ts";
import type { Scratch } from "./scratch.ts";

/** Who a command belongs to: each has a home of its own, and only the installer writes where programs are. */
type Owner = Asker | "installer";

/** Runs commands in the sandbox, one at a time, until the time is up or the job is cancelled. */
export type CommandRunner = {
  /** @param most milliseconds for this command alone, if it may not take all that is left */
  readonly run: (title: string, command: SandboxCommand, owner: Owner, most?: number) => Promise<Ended>;
  /** Why nothing can be run any more. */
  readonly interrupted: () => Interruption | undefined;
  readonly close: () => void;
};

/** Where commands run. */
export type Workplace = { readonly sandbox: Sandbox; readonly network: Network };

/** Milliseconds that are left to a process once it was asked to end. A cancelled job has 7.5 seconds in all. */
const GRACE = { time: 10_000, cancelled: 1_500 };

/** Part of the time that is kept for killing and saving: a fifth, and at most a minute. */
const keepBack = (milliseconds: number): number => Math.min(MINUTE, milliseconds / 5);

export function openCommandRunner(
  { sandbox, network }: Workplace,
  scratch: Scratch,
  programs: readonly string[],
  minutes: number,
  ports: RepairPorts,
): CommandRunner {
  const stop = new AbortController();
  const milliseconds = minutes * MINUTE;
  const callOff = ports.clock.after(milliseconds - keepBack(milliseconds), () => stop.abort("time"));
  const interrupt = AbortSignal.any([stop.signal, ports.cancelled]);
  return {
    run: async (title, command, owner, most) => {
      const mark = ports.makeName();
      const place = owner === "installer" ? (sandbox.installer ?? sandbox) : sandbox;
      const entry = owner === "installer" ? { env: {} } : network.enter(owner);
      const entering = { ...command, ...entry, env: { ...command.env, ...entry.env } };
      const launch = place.launch(entering, listFolders(owner, scratch, ports.workspace, programs), mark);
      const before = network.refused.length;
      ports.writeLog(`::group::${oneLine(title)}\n`);
      const fence = openLogFence(ports.writeLog, ports.makeName());
      const own = new AbortController();
      const spare = most === undefined ? () => {} : ports.clock.after(most, () => own.abort("time"));
      const held = AbortSignal.any([interrupt, own.signal]);
      try {
        return await runLaunch(launch, {
          clock: ports.clock,
          interrupt: held,
          grace: GRACE,
          show: fence.show,
        });
      } finally {
        spare();
        await place.end(mark);
        fence.close();
        ports.writeLog("::endgroup::\n");
        for (const refused of network.refused.slice(before))
          ports.writeLog(`Refused by the network: ${refused}.\n`);
      }
    },
    interrupted: () => (interrupt.aborted ? (interrupt.reason as Interruption) : undefined),
    close: callOff,
  };
}

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
    programs: owner === "agent" ? programs : [],
    gitConfig: join(scratch.vault, "config"),
  };
}

/** As the runner reads the text of a command. */
const oneLine = (text: string): string =>
  text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n.*$/s, " …").slice(0, 200);
