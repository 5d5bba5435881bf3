import type { Repository } from "../state/repository.ts";
import type { GitHubState } from "../state/world.ts";

/** A repository's address in the API. */
export function apiUrl(world: GitHubState, repository: Repository): string {
  return `${world.apiUrl}/repos/${repository.fullName}`;
}

/** A repository's page. */
export function pageUrl(world: GitHubState, repository: Repository): string {
  return `${world.serverUrl}/${repository.fullName}`;
}
