import { HOME } from "@patchpilot/owner";
import { judgeRefusal } from "../asking.ts";
import { type Check, type CheckSubject, fine, missing, unseen } from "../check.ts";
import { listNames } from "../words.ts";
import type { RepositoryFacts, RepositorySettings, WorkflowFile } from "./facts.ts";
import { hearsDispatch, namesItsRun } from "./hears-dispatch.ts";

/** As released: main names another owner if this is a fork. */
const TEMPLATE = `${HOME}/blob/v1/actions/repair/templates/patchpilot-repair.yml`;

/** Judges whether the repair workflow would start. */
export function judgeRepair(settings: RepositorySettings, { workflows, repair }: RepositoryFacts): Check {
  const { workflow, "target-repository": targetRepository } = settings;
  const subject: CheckSubject = { name: "Repair workflow", settings: ["agent"] };
  if (targetRepository !== undefined)
    return unseen(subject, `it is in ${targetRepository}, which this job's token cannot read.`);
  if (workflows.state === "refused") return unseen(subject, "GitHub did not list the workflows.");
  if (repair === undefined) return unseen(subject, "it was not looked for.");
  if (repair.state === "refused") return judgeRefusal(subject, repair);
  const file = repair.value;
  if (file === undefined)
    return missing(
      subject,
      `\`.github/workflows/${workflow}\` is not on the default branch, and no other workflow starts on ${describeStart(settings)}.`,
      `Copy it from ${TEMPLATE}.`,
      repair.asked,
    );
  const fault = findRepairFault(file, settings);
  if (fault !== undefined)
    return missing(subject, `${listNames([file.path])} ${fault.found}`, fault.remedy, repair.asked);
  return fine(
    subject,
    `${listNames([file.path])} is active and starts on ${describeStart(settings)}.`,
    repair.asked,
  );
}

const describeStart = ({ via, "event-type": eventType }: RepositorySettings): string =>
  via === "workflow_dispatch"
    ? "`workflow_dispatch`"
    : `\`repository_dispatch\` of the type \`${eventType}\``;

/** The agents of `repair.yml`; a repair workflow of your own may know others. */
const AGENTS = ["claude-code", "codex", "opencode", "command"];

function findRepairFault(
  { state, text }: WorkflowFile,
  settings: RepositorySettings,
): { readonly found: string; readonly remedy: string } | undefined {
  if (state !== "active")
    return {
      found: `is switched off (${state}).`,
      remedy: "Switch it on under Actions, or with `gh workflow enable`.",
    };
  const { via, agent } = settings;
  if (!hearsDispatch(text, settings))
    return {
      found: `does not start on ${describeStart(settings)}.`,
      remedy: "Copy its `on:` from the template, or correct `event-type`, `workflow` or `via`.",
    };
  if (via === "repository_dispatch" && !namesItsRun(text))
    return {
      found: "has no `run-name` with the attempt's key, so `dispatch` cannot find its runs.",
      remedy: 'Add `run-name: "patchpilot ${{ github.event.client_payload.patchpilot.key }}"`.',
    };
  if (/\/\.github\/workflows\/repair\.yml@/.test(text) && !AGENTS.includes(agent))
    return {
      found: `does not know the agent ${listNames([agent])}.`,
      remedy: "Set `PATCHPILOT_AGENT` to `claude-code`, `codex`, `opencode` or `command`.",
    };
  return undefined;
}
