import { encodeNodeId } from "../node-id.ts";
import type { CheckAnnotation, CheckRunRecord } from "../records.ts";
import type { Repository } from "../repository.ts";

/** A check run as GitHub shows it on a commit: a job of a workflow run, or what another App reports. */
export type CheckSource = {
  readonly __typename: "CheckRun";
  readonly id: string;
  readonly databaseId: number;
  readonly name: string;
  readonly headOid: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly app: string;
  readonly runId: number | undefined;
  readonly annotations: readonly CheckAnnotation[];
};

const ACTIONS_APP = "github-actions";

/** The checks of a commit, the newest of each name in each run and App. */
export const listChecks = (repository: Repository, oid: string, version?: number): CheckSource[] => [
  ...listJobs(repository, oid, version),
  ...listReported(repository, oid, version),
];

/** By the key of its node id. */
export function findCheck(repository: Repository, key: string, version?: number): CheckSource | undefined {
  const [, job] = /^job-(\d+)$/.exec(key) ?? [];
  const record =
    job === undefined
      ? repository.checkRuns.get(Number(key), version)
      : repository.runs.get(repository.jobs.get(Number(job), version)?.runId ?? 0, version);
  return record === undefined
    ? undefined
    : listChecks(repository, record.headOid, version).find(
        ({ databaseId }) => databaseId === Number(job ?? key),
      );
}

function listJobs(repository: Repository, oid: string, version: number | undefined): CheckSource[] {
  const runs = repository.runs.list(version).filter(({ headOid }) => headOid === oid);
  return runs.flatMap((run) => {
    const newest = new Map(
      repository.jobs
        .listGroup(run.id, version)
        .sort((left, right) => left.runAttempt - right.runAttempt)
        .map((job) => [job.name, job]),
    );
    return [...newest.values()].map((job) => ({
      __typename: "CheckRun",
      id: encodeNodeId("CR", repository.id, `job-${job.id}`),
      databaseId: job.id,
      name: job.name,
      headOid: oid,
      status: job.status,
      conclusion: job.conclusion,
      app: ACTIONS_APP,
      runId: run.id,
      annotations: job.annotations ?? [],
    }));
  });
}

function listReported(repository: Repository, oid: string, version: number | undefined): CheckSource[] {
  const nameReported = ({ name, app = ACTIONS_APP }: CheckRunRecord) => `${app}/${name}`;
  const found = repository.checkRuns.list(version).filter(({ headOid }) => headOid === oid);
  return [...new Map(found.map((check) => [nameReported(check), check])).values()].map((check) => ({
    __typename: "CheckRun",
    id: encodeNodeId("CR", repository.id, check.id),
    databaseId: check.id,
    name: check.name,
    headOid: oid,
    status: check.status,
    conclusion: check.conclusion,
    app: check.app ?? ACTIONS_APP,
    runId: undefined,
    annotations: check.annotations ?? [],
  }));
}
