import { createPacing, type Pacing } from "@patchpilot/http";
import { connectGitHub, type GitHub } from "./client.ts";
import { type GitHubAccess, type HttpWires, shareHttp } from "./shared-http.ts";

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
  const github = known ?? connectGitHub(access, http, wires.pacing ?? createPacing());
  if (wires.fetch === undefined) opened.set(token, github);
  return github;
}
