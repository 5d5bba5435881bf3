import { readShownExceptions } from "@patchpilot/evidence";
import type { RepairTask, WorkOrder } from "@patchpilot/incident";

/** What `repair` is told of the attempt. Pure. */
export function makeTask(order: WorkOrder): RepairTask {
  const { key, attempt, agent, autonomy, recipe, issue, repository, suspectFiles, plan, review, budget } =
    order;
  const exceptions = readShownExceptions(order.evidence);
  return {
    v: 1,
    key,
    attempt,
    agent,
    autonomy,
    ...(recipe === undefined ? {} : { recipe }),
    issue,
    kind: order.incident.kind,
    repository,
    ...(budget === undefined ? {} : { budget }),
    suspectFiles,
    ...(plan === undefined ? {} : { plan }),
    ...(review === undefined ? {} : { review }),
    previousAttempts: order.previousAttempts,
    ...(exceptions.length === 0
      ? {}
      : { exceptions: exceptions.map(({ frames, ...said }) => ({ ...said, frames: [...frames] })) }),
  };
}
