import { findNamedIssues, type Job } from "@patchpilot/action-kit";
import {
  type GitHub,
  listArtifacts,
  listRuns,
  listRunsOfCommit,
  openAside,
  openGitHub,
  type RepositoryName,
  readArtifact,
  readBranchHead,
  readChecks,
  readCheckWords,
  readCommitMessages,
  readEndOfLog,
  readPermission,
  readPullRequests,
  readPullWords,
  readReview,
  readRunsOfCommit,
  repositoryName,
  rerunFailedJobs,
  sendRepositoryDispatch,
  sendWorkflowDispatch,
  type Wires,
} from "@patchpilot/github";
import { WORK_ORDER_KEY, type WorkOrder } from "@patchpilot/incident";
import {
  applyChanges,
  makeBelief,
  readClaims,
  readGates,
  readIncidents,
  readSpendBook,
  writeClaims,
  writeGates,
  writeSpendBook,
} from "@patchpilot/ledger";
import { MINUTE } from "@patchpilot/time";
import type { DispatchInputs } from "./contract.ts";
import type { DispatchPorts } from "./ports.ts";

/** For what earlier attempts teach: a brown-out must not hold up the dispatch for long. */
const ASIDE_BUDGET = { requests: 60, ms: MINUTE };

/** Builds the ports from inputs and job. */
export function connect(inputs: DispatchInputs, job: Job, wires: Wires = {}): DispatchPorts {
  const { environment } = job;
  const authorize = (token: string | undefined) => ({ ...environment, secrets: job.secrets, token });
  const github = openGitHub(authorize(inputs["github-token"]), wires);
  const targetToken = inputs["target-token"];
  const target = targetToken ? openGitHub(authorize(targetToken), wires) : github;
  const repository = inputs.repository ?? environment.repository;
  const targetRepository = inputs["target-repository"] ?? repository;
  const targetName = repositoryName(targetRepository);
  const hasRunDetails = !/\/api\/v3$/.test(environment.apiUrl);
  return {
    repository,
    targetRepository,
    sameRepository: targetRepository.toLowerCase() === repository.toLowerCase(),
    namedIssues: findNamedIssues(inputs, environment),
    secrets: Object.values(job.secrets),
    run: { id: environment.runId, attempt: environment.runAttempt },
    ...connectIncidents(inputs, github, repositoryName(repository)),
    ...connectTarget(target, targetName, inputs["max-ci-repairs"] > 0),
    send: (order, branch) => send(inputs, target, targetName, hasRunDetails, order, branch),
    openAside: () => connectAside(authorize(targetToken ?? inputs["github-token"]), wires, targetName),
  };
}

function connectIncidents(inputs: DispatchInputs, github: GitHub, name: RepositoryName) {
  const belief = makeBelief(inputs["state-key"], inputs["trusted-authors"]);
  return {
    clock: () => github.clock(),
    readLedger: (wanted, refs) => readIncidents(github, name, wanted, belief, { dispatchFacts: true, refs }),
    readClaims: (known, refs) => readClaims(github, name, known, refs),
    writeClaims: ({ nodeId, base }, writes) => writeClaims(github, name, nodeId, base, writes),
    readSpendBook: (month) => readSpendBook(github, name, month),
    writeSpendBook: ({ nodeId, base }, book, entries) =>
      writeSpendBook(github, { ...name, nodeId }, base, book, entries),
    applyChanges: (ledger, changes) => applyChanges(github, ledger, changes, { notify: inputs.notify }),
    readPermission: (login) => readPermission(github, name, login),
  } satisfies Partial<DispatchPorts>;
}

/** @param withChecks pull requests are read with what GitHub sums up of their checks */
function connectTarget(target: GitHub, name: RepositoryName, withChecks: boolean) {
  return {
    readTarget: () => readBranchHead(target, name),
    readGates: (keys) => readGates(target, name, keys),
    writeGates: ({ nodeId, base }, writes) => writeGates(target, name, nodeId, base, writes),
    readPullRequests: (branches) => readPullRequests(target, name, branches, withChecks),
    rerunFailedJobs: (run) => rerunFailedJobs(target, name, run),
    readCommitMessages: (pulls) => readCommitMessages(target, name, pulls),
    listRuns: (search) => listRuns(target, name, search),
  } satisfies Partial<DispatchPorts>;
}

function connectAside(access: Parameters<typeof openAside>[0], wires: Wires, name: RepositoryName) {
  const aside = openAside(access, ASIDE_BUDGET, wires);
  return {
    readReview: (id) => readReview(aside.github, id),
    readPullWords: (pull) => readPullWords(aside.github, name, pull),
    readPullRequests: (branches) => readPullRequests(aside.github, name, branches),
    listArtifacts: (run) => listArtifacts(aside.github, name, run),
    readArtifact: (id, files) => readArtifact(aside, name, id, files),
    listRunsOfCommit: (commit) => listRunsOfCommit(aside.github, name, commit),
    readRunsOfCommit: (commit) => readRunsOfCommit(aside.github, name, commit),
    readChecks: (pulls) => readChecks(aside.github, name, pulls),
    readCheckWords: (checks) => readCheckWords(aside.github, checks),
    readEndOfLog: (job, bytes) => readEndOfLog(aside, name, job, bytes),
  } satisfies ReturnType<DispatchPorts["openAside"]>;
}

/** @param hasRunDetails github.com answers `return_run_details`; GitHub Enterprise Server refuses it */
async function send(
  inputs: DispatchInputs,
  target: GitHub,
  name: RepositoryName,
  hasRunDetails: boolean,
  order: WorkOrder,
  branch: string,
): Promise<string | undefined> {
  if (inputs.via === "workflow_dispatch")
    return sendWorkflowDispatch(target, name, {
      workflow: inputs.workflow,
      ref: branch,
      inputs: { [WORK_ORDER_KEY]: JSON.stringify(order) },
      runDetails: hasRunDetails,
    });
  await sendRepositoryDispatch(target, name, {
    type: inputs["event-type"],
    payload: { [WORK_ORDER_KEY]: order },
  });
  return undefined;
}
