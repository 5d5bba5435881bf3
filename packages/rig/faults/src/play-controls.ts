import { UNSAFE_RUNS } from "./controls.ts";
import { listCells, playFaults, playTwins } from "./matrix.ts";

export type UnsafeName = keyof typeof UNSAFE_RUNS;

/** A fault at which a run that is unsafe on purpose shows it, and what the judge has to say of it. */
export type ControlFault = { readonly kind: string; readonly endpoint: string; readonly notices: string };

export const CONTROL_FAULTS: { readonly [name in UnsafeName]: ControlFault } = {
  "blind repeat": {
    kind: "reset-after",
    endpoint: "GitHub POST /dispatches",
    notices: "was dispatched twice",
  },
  "error as empty": {
    kind: "403-plain",
    endpoint: "GitHub query Incidents",
    notices: "says nothing of the service",
  },
  "no time-out": { kind: "hang-before", endpoint: "GitHub query Incidents", notices: "it never ends" },
};

/**
 * Plays one fault in a scheduled `dispatch`.
 * @param unsafe absent: the run as it ships
 * @returns what the judge says, a line each
 */
export async function judgeControl(
  { kind, endpoint }: Pick<ControlFault, "kind" | "endpoint">,
  unsafe?: UnsafeName,
): Promise<string> {
  const twins = await playTwins({ action: "dispatch", story: "accepted" });
  const [cell] = listCells(twins, { kind, endpoint, manner: "once" });
  if (cell === undefined) throw new Error(`No cell has ${kind} at ${endpoint}.`);
  const [result] = await playFaults([cell], twins, undefined, unsafe && UNSAFE_RUNS[unsafe]);
  return result?.unsafe.join("\n") ?? "not played";
}

/** How many runs are unsafe on purpose, and how many of them are called unsafe while the run as it ships is not. */
export async function countControls(): Promise<{ readonly controls: number; readonly noticed: number }> {
  let noticed = 0;
  const all = Object.entries(CONTROL_FAULTS) as [UnsafeName, ControlFault][];
  for (const [name, fault] of all) {
    const isNoticed = (await judgeControl(fault, name)).includes(fault.notices);
    if (isNoticed && (await judgeControl(fault)) === "") noticed += 1;
  }
  return { controls: all.length, noticed };
}
