import { createHttp, unpaced } from "@patchpilot/http";
import * as z from "zod";
import { connectGitHub, type GitHub, type RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";
import type { Wires } from "./open.ts";
import { type GitHubAccess, openHttpAside } from "./shared-http.ts";
import { unzipFiles } from "./unzip.ts";

/** A connection beside the run's own, for reads that it can do without. */
export type Aside = {
  readonly github: GitHub;
  /** Fetches a signed address of the artifact storage, without credentials. */
  readonly download: (address: string) => Promise<Uint8Array>;
  /** The same of a log, which may be longer. */
  readonly downloadLog: (address: string) => Promise<Uint8Array>;
};

/** A zip that is larger is not read: patches are kilobytes. */
const MOST_ZIP_BYTES = 1024 * 1024;
/** GitHub gives out the whole log or nothing; of one that is longer, nothing is read. */
const MOST_LOG_BYTES = 16 * 1024 * 1024;
const FILE_LIMITS = { packed: 160 * 1024, unpacked: 1024 * 1024 };

/**
 * Opens a connection whose failures, limits and time stop nothing else.
 * @param budget what all reads together may spend
 */
export function openAside(
  access: GitHubAccess,
  budget: { readonly requests: number; readonly ms: number },
  wires: Wires,
): Aside {
  const openStorage = (name: string, maxReplyBytes: number) => {
    const storage = createHttp({
      name,
      secrets: access.secrets,
      timeoutMs: 10_000,
      retries: 1,
      maxReplyBytes,
      budget,
      ...(wires.fetch && { fetch: wires.fetch }),
      ...(wires.time && { time: wires.time }),
    });
    return async (address: string): Promise<Uint8Array> => {
      const reply = await storage.fetch(address);
      if (!reply.ok) throw new Error(`${name} answered ${reply.status}`);
      return reply.bytes;
    };
  };
  return {
    github: connectGitHub(access, openHttpAside(access, budget, wires), unpaced),
    download: openStorage("GitHub's artifact storage", MOST_ZIP_BYTES),
    downloadLog: openStorage("GitHub's storage of logs", MOST_LOG_BYTES),
  };
}

/** What a run uploaded. */
type RunArtifact = { readonly id: number; readonly name: string; readonly expired: boolean };
const artifactsSchema = z.object({
  artifacts: z.array(z.object({ id: z.number(), name: z.string(), expired: z.boolean() })),
});

/** The newest 30 artifacts of a run, newest first. */
export async function listArtifacts(
  github: GitHub,
  repository: RepositoryName,
  run: string,
): Promise<RunArtifact[]> {
  const reply = await github.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts", {
    ...repository,
    run_id: Number(run),
    per_page: 30,
  });
  return readReply(artifactsSchema, reply.data, "GET a run's artifacts")
    .artifacts.map(({ id, name, expired }) => ({ id, name, expired }))
    .sort((left, right) => right.id - left.id);
}

/**
 * The end of what a job printed, at most so many bytes of it. Anyone who ran there may be hostile.
 * @throws Error with a sentence where it cannot be fetched, or is longer than 16 MiB
 */
export async function readEndOfLog(
  { github, downloadLog }: Aside,
  repository: RepositoryName,
  job: number,
  bytes: number,
): Promise<string> {
  const place = { ...repository, job_id: job };
  const manner = { request: { redirect: "manual" } } as const;
  const reply = await github.request("GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs", {
    ...place,
    ...manner,
  });
  const address = reply.headers.location;
  if (address === undefined) throw new Error("GitHub does not say where the log is");
  return new TextDecoder().decode((await downloadLog(address)).slice(-bytes));
}

/**
 * Files of an artifact by their exact names; those that it lacks are absent. Whoever filled it may be hostile.
 * @throws Error with a sentence where it cannot be fetched, is larger than 1 MiB, or is no zip
 */
export async function readArtifact(
  { github, download }: Aside,
  repository: RepositoryName,
  id: number,
  names: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const reply = await github.request(
    "GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}",
    // GitHub answers with the signed address of another host, which must not see the token.
    { ...repository, artifact_id: id, archive_format: "zip", request: { redirect: "manual" } },
  );
  const address = reply.headers.location;
  if (address === undefined) throw new Error("GitHub does not say where the artifact is");
  return unzipFiles(await download(address), names, FILE_LIMITS);
}
