import { isStopped } from "@patchpilot/action-kit/contract";
import type { ScheduleInputs } from "./contract.ts";
import type { SchedulePorts } from "./ports.ts";
import { reportSwitch, type ScheduleOutcome } from "./report.ts";
import * as words from "./words.ts";

const VALUES = { on: "1", off: "0" } as const;

/** Sets the variable that the workflow's jobs ask for: a job that is skipped costs nothing, and no workflow is switched. */
export async function bringVariable(
  name: string,
  { stop, "dry-run": dryRun }: ScheduleInputs,
  ports: SchedulePorts,
): Promise<ScheduleOutcome> {
  const work = await ports.readWork();
  const count = work.open.length + work.watched.length;
  const to = count > 0 ? "on" : "off";
  const before = await ports.readVariable(name);
  const what = `The variable ${name}`;
  const isDue = before !== VALUES[to];
  const isWritten = isDue && !dryRun && !isStopped(stop);
  if (isWritten) await ports.writeVariable(name, VALUES[to], before === undefined);
  const describe = !isDue ? words.rightAlready : isWritten ? words.switched : words.wouldSwitch;
  const said = isDue && isStopped(stop) ? words.STOPPED : describe(what, to);
  const lines = [words.describeWork(work), said].map((text) => ({ level: "info" as const, text }));
  return reportSwitch({ switch: isDue ? to : "", count }, lines);
}
