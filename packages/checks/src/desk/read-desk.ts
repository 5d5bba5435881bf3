import {
  listBranchProtections,
  listJobEnvironments,
  listKnownWorkflows,
  listOrganizationApps,
  listRulesets,
  listSettingNames,
  type NamesPlace,
  readActionsPolicy,
  readFileTexts,
  readNewestRun,
  readProfile,
  readPullsByActions,
  readSelectedActions,
} from "@patchpilot/github";
import type { Code } from "../code.ts";
import type { DeskFacts, DeskWorkflow, NameList, ScheduleFacts } from "./facts.ts";
import { parseWorkflow, usesPatchPilot } from "./parse-workflow.ts";

/** Asks GitHub, with the token of someone at the desk, for what a job's token cannot see. It writes nothing. */
export async function readDesk({ github, repository, asking }: Code): Promise<DeskFacts> {
  const { ask } = asking;
  const profile = await ask(() => readProfile(github, repository));
  const organization = profile.state === "answered" ? profile.value.organization : undefined;
  const policy = await ask(() => readActionsPolicy(github, repository));
  const isSelected = policy.state === "answered" && policy.value.allowed === "selected";
  const workflows = await ask(() => readWorkflows(github, repository));
  const ours = workflows.state === "answered" ? workflows.value.filter(usesPatchPilot) : [];
  const named = [...new Set(ours.flatMap(({ environments }) => environments))];
  const environments =
    named.length > 0 ? await ask(() => listJobEnvironments(github, repository)) : undefined;
  return {
    now: await github.clock(),
    place: repository,
    profile,
    policy,
    ...(isSelected ? { selected: await ask(() => readSelectedActions(github, repository)) } : {}),
    pulls: await ask(() => readPullsByActions(github, repository)),
    workflows,
    schedules: await readSchedules(ours, { github, repository, asking }),
    ...(environments && { environments }),
    names: await readNames(organization, pickExisting(named, environments), { github, repository, asking }),
    rulesets: await ask(() => listRulesets(github, repository)),
    protections: await ask(() => listBranchProtections(github, repository)),
    ...(organization === undefined
      ? {}
      : { apps: await ask(() => listOrganizationApps(github, organization)) }),
  };
}

/** Those that are on the default branch: GitHub also lists workflows whose file is gone. */
async function readWorkflows(
  github: Code["github"],
  repository: Code["repository"],
): Promise<DeskWorkflow[]> {
  const known = (await listKnownWorkflows(github, repository)).filter(({ path }) =>
    path.startsWith(".github/workflows/"),
  );
  const texts = await readFileTexts(
    github,
    repository,
    known.map(({ path }) => path),
  );
  return known.flatMap((file, index) => {
    const text = texts[index];
    return text == null ? [] : [{ ...file, ...parseWorkflow(text) }];
  });
}

/** One that is switched off has no runs to wait for. */
async function readSchedules(
  ours: readonly DeskWorkflow[],
  { github, repository, asking }: Code,
): Promise<ScheduleFacts[]> {
  const schedules: ScheduleFacts[] = [];
  const active = ours.filter(({ isScheduled, state }) => isScheduled && state === "active");
  for (const workflow of active) {
    const file = workflow.path.slice(workflow.path.lastIndexOf("/") + 1);
    const search = { file, event: "schedule" };
    schedules.push({
      workflow,
      newest: await asking.ask(() => readNewestRun(github, repository, search)),
    });
  }
  return schedules;
}

/** GitHub makes an environment when a job first names it: until then it has no names to ask for. */
function pickExisting(named: readonly string[], environments: DeskFacts["environments"]): readonly string[] {
  if (environments?.state !== "answered") return named;
  const wanted = new Set(named.map((name) => name.toLowerCase()));
  return environments.value.map(({ name }) => name).filter((name) => wanted.has(name.toLowerCase()));
}

async function readNames(
  organization: string | undefined,
  environments: readonly string[],
  { github, repository, asking }: Code,
): Promise<NameList[]> {
  const places: readonly NamesPlace[] = [
    "repository",
    ...(organization === undefined ? [] : (["organization"] as const)),
    ...environments.map((environment) => ({ environment })),
  ];
  const lists: NameList[] = [];
  for (const place of places)
    for (const kind of ["secrets", "variables"] as const)
      lists.push({
        kind,
        place,
        names: await asking.ask(() => listSettingNames(github, repository, { kind, place })),
      });
  return lists;
}
