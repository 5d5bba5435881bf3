import { HOME, nameAction } from "@patchpilot/owner";
import { DAY } from "@patchpilot/time";
import { type Asked, attention, type Check, type CheckSubject, fine, missing, unseen } from "../check.ts";
import { instant, listNames } from "../words.ts";
import type { DeskFacts, DeskSettings, DeskWorkflow, ScheduleFacts } from "./facts.ts";
import { type Audience, judgeHidden } from "./judge-hidden.ts";
import { listOurs } from "./names-set.ts";
import { usesPatchPilot } from "./parse-workflow.ts";

const WORKFLOWS: CheckSubject = { name: "Workflows", settings: [] };
const REPAIR: CheckSubject = { name: "Repair workflow", settings: [] };
const SCHEDULE: CheckSubject = { name: "Schedule", settings: [] };
const ENVIRONMENTS: CheckSubject = { name: "Environments", settings: [] };

/** GitHub delays and drops scheduled runs, but not for this long: the rarest schedule that PatchPilot has is twice a day. */
const LONGEST_PAUSE = 2 * DAY;

/** Judges whether PatchPilot's workflows are there, switched on, and run. */
export function judgeWorkflows({ "server-url": server }: DeskSettings, facts: DeskFacts): readonly Check[] {
  const { workflows, place } = facts;
  const audience: Audience = {
    rights: "read access",
    permission: "Actions: read` and `Contents: read",
    look: `${server}/${place.owner}/${place.repo}/actions`,
  };
  if (workflows.state === "refused") return [judgeHidden(WORKFLOWS, workflows, audience)];
  const ours = workflows.value.filter(usesPatchPilot);
  if (ours.length === 0)
    return [
      missing(
        WORKFLOWS,
        "No workflow on the default branch uses PatchPilot.",
        `Copy the one of ${HOME}#use-it to \`.github/workflows/patchpilot.yml\`.`,
        workflows.asked,
      ),
    ];
  return [
    judgeSwitches(ours, workflows.asked),
    judgeRepairFile(ours, workflows.asked),
    judgeSchedule(ours, facts, audience),
    ...judgeEnvironments(facts, audience),
  ];
}

/** Those that `schedule` switches on and off by itself are off while nothing is open. */
const isTick = ({ path }: DeskWorkflow, ours: readonly DeskWorkflow[]): boolean =>
  path.endsWith("/patchpilot-tick.yml") && usesAction(ours, "schedule");

const usesAction = (ours: readonly DeskWorkflow[], action: string): boolean =>
  ours.some(({ uses }) => uses.some((name) => name.startsWith(`${nameAction(action)}@`)));

const WHY_OFF: Readonly<Record<string, string>> = {
  disabled_inactivity: "GitHub switched it off, because nothing happened in the repository for 60 days",
  disabled_fork: "GitHub switched it off, because the repository is a fork",
  disabled_manually: "someone switched it off",
};

function judgeSwitches(ours: readonly DeskWorkflow[], asked: Asked): Check {
  const off = ours.filter(
    (file) => file.state !== "active" && !(file.state === "disabled_manually" && isTick(file, ours)),
  );
  if (off.length === 0) return fine(WORKFLOWS, `${listNames(ours.map(({ path }) => path))} may run.`, asked);
  return missing(
    WORKFLOWS,
    `${off.map(({ path, state }) => `${listNames([path])} is off: ${WHY_OFF[state] ?? state}`).join("; ")}.`,
    `Run ${off.map(({ path }) => `\`gh workflow enable ${path.slice(path.lastIndexOf("/") + 1)}\``).join(" and ")}.`,
    asked,
  );
}

/** Only `dispatch` needs one, and not if it names another repository's. */
function judgeRepairFile(ours: readonly DeskWorkflow[], asked: Asked): Check {
  const file = ours.find(({ uses }) =>
    uses.some(
      (name) => /\/\.github\/workflows\/repair\.yml@/.test(name) || name.startsWith(nameAction("claim@")),
    ),
  );
  if (file !== undefined) return fine(REPAIR, `${listNames([file.path])} repairs.`, asked);
  if (!usesAction(ours, "dispatch"))
    return fine(REPAIR, "No workflow uses `dispatch`, so none is needed.", asked);
  return unseen(
    REPAIR,
    "no workflow here repairs. `target-repository` of `dispatch` may name another repository's.",
    `If it does not, copy ${HOME}/blob/v1/actions/repair/templates/patchpilot-repair.yml.`,
    asked,
  );
}

function judgeSchedule(ours: readonly DeskWorkflow[], facts: DeskFacts, audience: Audience): Check {
  const asked = facts.workflows.asked;
  if (!ours.some(({ isScheduled }) => isScheduled))
    return attention(
      SCHEDULE,
      "No workflow of PatchPilot has a schedule, so nothing catches an event that GitHub loses.",
      "Add `schedule` to its `on:`, as the README's workflow has it.",
      asked,
    );
  const [first, ...others] = facts.schedules;
  if (first === undefined)
    return unseen(SCHEDULE, "each workflow with a schedule is switched off.", "", asked);
  const judged = [first, ...others].map((schedule) => judgeOneSchedule(schedule, facts, audience));
  return judged.find(({ state }) => state !== "ok") ?? (judged[0] as Check);
}

function judgeOneSchedule(
  { workflow, newest }: ScheduleFacts,
  { now }: DeskFacts,
  audience: Audience,
): Check {
  if (newest.state === "refused") return judgeHidden(SCHEDULE, newest, audience);
  const path = listNames([workflow.path]);
  if (newest.value === undefined)
    return attention(
      SCHEDULE,
      `The schedule of ${path} has started no run yet.`,
      "GitHub may take an hour after the file is on the default branch. After that, switch the workflow off and on.",
      newest.asked,
    );
  const at = new Date(newest.value);
  return now.getTime() - at.getTime() <= LONGEST_PAUSE
    ? fine(SCHEDULE, `It started ${path} on ${instant(at)}.`, newest.asked)
    : attention(
        SCHEDULE,
        `It last started ${path} on ${instant(at)}.`,
        "Look at the Actions tab. GitHub switches schedules of public repositories off after 60 days without activity: switch the workflow off and on.",
        newest.asked,
      );
}

/** Rules of an environment that hold a job up. */
const WAITING: Readonly<Record<string, string>> = {
  required_reviewers: "waits for a reviewer",
  wait_timer: "waits for a timer",
  branch_policy: "admits some branches only",
};

function judgeEnvironments(facts: DeskFacts, audience: Audience): readonly Check[] {
  const { environments } = facts;
  if (environments === undefined) return [];
  if (environments.state === "refused") return [judgeHidden(ENVIRONMENTS, environments, audience)];
  const named = new Set(
    listOurs(facts).flatMap((file) => file.environments.map((name) => name.toLowerCase())),
  );
  const held = environments.value.filter(
    ({ name, rules }) => named.has(name.toLowerCase()) && rules.length > 0,
  );
  if (held.length === 0)
    return [fine(ENVIRONMENTS, "No environment of PatchPilot's jobs delays them.", environments.asked)];
  const described = held.map(
    ({ name, rules }) => `${listNames([name])} ${rules.map((rule) => WAITING[rule] ?? rule).join(" and ")}`,
  );
  return [
    attention(
      ENVIRONMENTS,
      `Jobs of PatchPilot name an environment that delays them: ${described.join("; ")}.`,
      "Use an environment without these rules, or approve each run.",
      environments.asked,
    ),
  ];
}
