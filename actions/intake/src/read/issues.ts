import type { IntakeInputs } from "../contract.ts";
import type { IntakeFacts } from "../facts.ts";
import type { IntakePorts } from "../ports.ts";
import { findReturned } from "./returned.ts";
import { screenAll, takeIn } from "./take-in.ts";

/**
 * Reads the issues that GitHub has: the named ones, or a sweep of what changed, which also looks for closed incidents
 * that came back. Nobody is asked about an issue that GitHub alone rules out.
 */
export async function readFromGitHub(
  selection: readonly number[] | "sweep",
  inputs: IntakeInputs,
  ports: IntakePorts,
  warn: (sentence: string) => void,
): Promise<IntakeFacts> {
  const isSweep = selection === "sweep";
  const { swept: incidents, closed } = isSweep
    ? await ports.incidents.readSweep()
    : { swept: await ports.incidents.readNumbers(selection), closed: [] };
  const now = await ports.incidents.now();
  const screened = await screenAll(incidents, inputs, ports, now);
  const past = isSweep ? closed : incidents;
  const { environment } = inputs;
  const returned = await findReturned(past, ports.sentry, { environment, now }, warn);
  // Most runs find nothing: every open incident is read only if something may repeat one.
  const hasNews = returned.length > 0 || screened.some(({ screened: { step } }) => step === "look");
  const known = hasNews ? await ports.incidents.readKnown() : [];
  const taken = await takeIn({ screened, returned, fresh: [], isSweep }, inputs, ports, warn);
  return { ...taken, known, unopened: [] };
}
