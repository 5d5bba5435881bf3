import type { Line, Outcome } from "@patchpilot/action-kit";
import type { contract } from "./contract.ts";

export type ScheduleOutcome = Outcome<typeof contract>;

export const reportSwitch = (
  outputs: ScheduleOutcome["outputs"],
  lines: readonly Line[],
): ScheduleOutcome => ({ outputs, lines, summary: lines.map(({ text }) => text).join(" ") });

export const refuseSwitch = (failure: string, count = 0): ScheduleOutcome => ({
  outputs: { switch: "", count },
  lines: [],
  summary: failure,
  failure,
});
