import type { Job } from "@patchpilot/action-kit";
import {
  type GitHub,
  listMarks,
  openGitHub,
  type RepositoryName,
  readVariable,
  readWorkflowSwitch,
  repositoryName,
  switchWorkflow,
  type Wires,
  writeVariable,
} from "@patchpilot/github";
import { commandLabel, phaseLabel, UMBRELLA_LABEL } from "@patchpilot/incident";
import { readScheduleNote, writeScheduleNote } from "@patchpilot/ledger";
import { DAY } from "@patchpilot/time";
import type { ScheduleInputs } from "./contract.ts";
import type { OpenWork } from "./facts.ts";
import type { SchedulePorts } from "./ports.ts";

/** How long an incident that recovered is looked at every half-hour. */
const FRESH = 7 * DAY;

/**
 * Builds the ports from inputs and job.
 * @throws Error with a sentence if a variable is named and no token for it
 */
export function connect(inputs: ScheduleInputs, job: Job, wires: Wires = {}): SchedulePorts {
  const { environment, secrets } = job;
  const openWith = (token: string | undefined) => openGitHub({ ...environment, secrets, token }, wires);
  const github = openWith(inputs["github-token"]);
  const repository = repositoryName(environment.repository);
  const forVariables = (): GitHub => {
    const token = inputs["variables-token"];
    if (token === undefined)
      throw new Error(
        "`variable` needs `variables-token`: a GitHub App's token with *Variables: read and write*. The job's own token cannot write variables.",
      );
    return openWith(token);
  };
  return {
    isSweep: environment.eventName === "schedule",
    readWork: () => readWork(github, repository),
    readWorkflow: () => readWorkflowSwitch(github, repository, inputs.workflow),
    readNote: (path) => readScheduleNote(github, repository, path),
    writeNote: (path, kept, note) => writeScheduleNote(github, repository, path, kept, note),
    switchWorkflow: (to) => switchWorkflow(github, repository, inputs.workflow, to),
    readVariable: (name) => readVariable(forVariables(), repository, name),
    writeVariable: (name, value, isNew) => writeVariable(forVariables(), repository, { name, value, isNew }),
  };
}

async function readWork(github: GitHub, repository: RepositoryName): Promise<OpenWork> {
  const open = await listMarks(github, repository, { label: UMBRELLA_LABEL, state: "OPEN" });
  const since = (await github.clock()).getTime() - FRESH;
  const closed = await listMarks(github, repository, {
    label: phaseLabel("recovered"),
    state: "CLOSED",
    changedSince: new Date(since).toISOString(),
  });
  return {
    open: open.filter(({ labels }) => !labels.includes(commandLabel("hold"))).map(({ number }) => number),
    watched: closed
      .filter(({ closedAt }) => closedAt !== null && Date.parse(closedAt) > since)
      .map(({ number }) => number),
  };
}
