import type { Line } from "@patchpilot/action-kit";
import { isStopped } from "@patchpilot/action-kit/contract";
import type { ScheduleInputs } from "./contract.ts";
import { decideLook } from "./decide/decide-look.ts";
import { decideSwitch } from "./decide/decide-switch.ts";
import type { SwitchFacts } from "./facts.ts";
import type { SchedulePorts } from "./ports.ts";
import { refuseSwitch, reportSwitch, type ScheduleOutcome } from "./report.ts";
import * as words from "./words.ts";
import { type Applied, apply, isRefused } from "./write-switch.ts";
import { bringVariable } from "./write-variable.ts";

/** Looks what is due, or does it. */
export async function run(inputs: ScheduleInputs, ports: SchedulePorts): Promise<ScheduleOutcome> {
  if (inputs.variable !== undefined) return bringVariable(inputs.variable, inputs, ports);
  const facts = await readSwitch(ports);
  if (facts === undefined) return refuseSwitch(words.notKnown(inputs.workflow));
  return inputs.to === "look" ? look(inputs, facts, ports) : bring(inputs.to, inputs, facts, ports);
}

async function readSwitch(ports: SchedulePorts): Promise<SwitchFacts | undefined> {
  const workflow = await ports.readWorkflow();
  return workflow && { workflow, kept: await ports.readNote(workflow.path) };
}

async function look(
  { workflow: file, stop: kill }: ScheduleInputs,
  facts: SwitchFacts,
  ports: SchedulePorts,
): Promise<ScheduleOutcome> {
  const work = await ports.readWork();
  const { due, stop } = decideLook(facts, work, ports.isSweep);
  const obstacle = words.describeStop(file, stop);
  const count = work.open.length + work.watched.length;
  if (stop === "deleted") return refuseSwitch(words.notKnown(file), count);
  const said = [
    words.describeWork(work),
    obstacle ?? (due === "" ? words.rightAlready(file) : words.due(file, due)),
  ];
  const lines: Line[] = [
    { level: "info", text: said[0] ?? "" },
    { level: obstacle === undefined ? "info" : "warning", text: said[1] ?? "" },
  ];
  if (!isStopped(kill)) return reportSwitch({ switch: due, count }, lines);
  return reportSwitch({ switch: "", count }, [...lines, { level: "notice", text: words.STOPPED }]);
}

async function bring(
  to: "on" | "off",
  { workflow: file, "dry-run": dryRun, stop: kill }: ScheduleInputs,
  facts: SwitchFacts,
  ports: SchedulePorts,
): Promise<ScheduleOutcome> {
  const step = decideSwitch(facts, to);
  if (step.kind === "nothing") {
    const obstacle = to === "on" ? words.describeStop(file, step.stop) : undefined;
    const text = obstacle ?? words.rightAlready(file);
    return reportSwitch({ switch: "", count: 0 }, [
      { level: obstacle === undefined ? "info" : "warning", text },
    ]);
  }
  if (isStopped(kill))
    return reportSwitch({ switch: "", count: 0 }, [{ level: "notice", text: words.STOPPED }]);
  if (dryRun)
    return reportSwitch({ switch: to, count: 0 }, [{ level: "info", text: words.wouldSwitch(file, to) }]);
  try {
    const applied = await apply(step, facts, ports);
    const isLifted = step.kind === "on" && step.isLifted;
    return reportSwitch({ switch: to, count: 0 }, [sayApplied(applied, file, to, isLifted)]);
  } catch (error) {
    if (!isRefused(error)) throw error;
    return refuseSwitch(words.notAllowed(file, to, error.message));
  }
}

function sayApplied(applied: Applied, file: string, to: "on" | "off", isLifted: boolean): Line {
  if (applied === "raced") return { level: "notice", text: words.raced(file) };
  if (applied === "unseen") return { level: "notice", text: words.notShown(file, to) };
  return { level: "notice", text: isLifted ? words.lifted(file) : words.switched(file, to) };
}
