import { createPacing, type Pacing } from "@patchpilot/http";
import { connectGitHub, type GitHub } from "./client.ts";
import { type GitHubAccess, type HttpWires, shareHttp } from "./shared-http.ts";
import { openWriteLog } from "./write-log.ts";

/** Over all steps of the job; one that does not say where it runs is a job by itself. */
const paceJob = ({ temporaryFolder = "", runId = "", runAttempt = 1 }: GitHubAccess): Pacing =>
  createPacing({ log: openWriteLog({ temporaryFolder, runId, runAttempt }) });

/** Replaced in tests and benches. */
export type Wires = HttpWires & { readonly pacing?: Pacing };

const opened = new Map<string, GitHub>();

/**
 * Opens GitHub for this process, once for each token, so that its pacing holds for everything that is written.
 * @throws Error with a sentence when the token is empty.
 */
export function openGitHub(access: GitHubAccess, wires: Wires = {}): GitHub {
  const { token = "" } = access;
  const http = shareHttp(access, wires);
  const known = wires.fetch === undefined ? opened.get(token) : undefined;
  const github = known ?? connectGitHub(access, http, wires.pacing ?? paceJob(access));
  if (wires.fetch === undefined) opened.set(token, github);
  return github;
}
