import { zipSync } from "fflate";
import type { ArtifactRecord } from "../records.ts";
import { GitHubRefusal, notFound } from "../refusal.ts";
import type { Repository } from "../repository.ts";
import type { GitHubState } from "../world.ts";
import { requireRun } from "./runs.ts";

export type ArtifactRequest = {
  readonly runId: number;
  readonly name: string;
  /** Files by their path, or the bytes of the zip where a test makes it. */
  readonly content: Readonly<Record<string, string | Uint8Array>> | Uint8Array;
  readonly expired?: boolean;
};

/** Keeps an artifact of a run, as the runner's upload does. @throws Refusal for a run that is not there */
export function addArtifact(
  world: GitHubState,
  repository: Repository,
  request: ArtifactRequest,
): ArtifactRecord {
  const { runId, name, content, expired = false } = request;
  const run = requireRun(repository, runId);
  const archive = content instanceof Uint8Array ? content : toZip(content);
  const id = world.takeId();
  return repository.artifacts.set(id, {
    id,
    runId,
    name,
    archive,
    expired,
    headOid: run.headOid,
    createdAt: world.now(),
  });
}

const toZip = (files: Readonly<Record<string, string | Uint8Array>>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([path, content]) => [
        path,
        typeof content === "string" ? new TextEncoder().encode(content) : content,
      ]),
    ),
  );

/** @throws Refusal 404 where it never was, 410 where its time is over */
export function requireArtifact(repository: Repository, id: number, version?: number): ArtifactRecord {
  const artifact = repository.artifacts.get(id, version);
  if (artifact === undefined) throw notFound();
  if (artifact.expired) throw new GitHubRefusal("GONE", "Artifact has expired");
  return artifact;
}
