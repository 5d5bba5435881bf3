import { createHash } from "node:crypto";
import type { Repository } from "../state/repository.ts";
import type { GitHubState } from "../state/world.ts";

/** Where artifacts and logs are fetched from: in life another host, to which GitHub redirects with a signed address. */
export const STORAGE_PATH = "/artifact-storage/";

const STORAGE_ORIGIN = "https://productionresults.blob.example";

/** The signed address of an artifact or of a job's log. On loopback it is the simulator's own, for there is no other host. */
export function storedAt(asked: URL, repository: Repository, { id }: { readonly id: number }): string {
  const origin = /^(127\.|localhost$)/.test(asked.hostname) ? asked.origin : STORAGE_ORIGIN;
  return `${origin}${STORAGE_PATH}${repository.id}/${id}?sig=${signAddress(repository.id, id)}`;
}

/** Answers the storage. As in life, a request that brings credentials beside the signature is refused. */
export function answerStorage(world: GitHubState, url: URL, headers: Headers): Response {
  const [repositoryId = 0, id = 0] = url.pathname.slice(STORAGE_PATH.length).split("/").map(Number);
  if (headers.has("authorization")) return new Response("InvalidAuthenticationInfo", { status: 400 });
  const repository = world.repositoryById(repositoryId);
  const artifact = repository?.artifacts.get(id);
  const log = repository?.jobs.get(id)?.log;
  if ((artifact ?? log) === undefined || url.searchParams.get("sig") !== signAddress(repositoryId, id))
    return new Response("AuthenticationFailed", { status: 403 });
  if (artifact === undefined) return new Response(log, { headers: { "content-type": "text/plain" } });
  return new Response(new Uint8Array(artifact.archive), {
    status: 200,
    headers: { "content-type": "application/zip" },
  });
}

const signAddress = (repositoryId: number, id: number): string =>
  createHash("sha256").update(`${repositoryId}/${id}`).digest("base64url");
