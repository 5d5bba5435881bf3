import { randomBytes } from "node:crypto";
import { availableParallelism, tmpdir } from "node:os";
import { emptyCommandFiles, isThrownAway, type Job, machineVariables } from "@patchpilot/action-kit";
import type { AskVendor } from "./agents/check-key.ts";
import type { RepairInputs } from "./contract.ts";
import type { RepairPorts } from "./ports.ts";
import { realClock } from "./process/clock.ts";

export function connect(_inputs: RepairInputs, { environment, secrets }: Job): RepairPorts {
  return {
    workspace: environment.workspace,
    temporaryFolder: environment.temporaryFolder || tmpdir(),
    machine: machineVariables(),
    secrets: Object.values(secrets),
    clock: realClock,
    cancelled: onCancellation(),
    writeLog: (text) => process.stdout.write(text),
    askVendor,
    makeName: () => randomBytes(16).toString("hex"),
    node: process.execPath,
    user: process.getuid && process.getgid ? `${process.getuid()}:${process.getgid()}` : undefined,
    processors: availableParallelism(),
    thrownAway: isThrownAway(),
    emptyCommandFiles,
  };
}

/** Milliseconds for a question that costs nothing. */
const ASK_MS = 10_000;

const askVendor: AskVendor = async (url, headers) => {
  try {
    const reply = await fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(ASK_MS) });
    await reply.body?.cancel();
    return reply.status;
  } catch {
    // Whether the model can be reached shows at the first call, with the agent's own words.
    return undefined;
  }
};

/** The runner asks with SIGINT, 7.5 seconds later with SIGTERM, and 2.5 seconds after that no more. */
function onCancellation(): AbortSignal {
  const cancellation = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => cancellation.abort("cancelled"));
  return cancellation.signal;
}
