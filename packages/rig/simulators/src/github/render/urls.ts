import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";

/** A repository's address in the API. */
export function apiUrl(world: World, repository: Repository): string {
  return `${world.apiUrl}/repos/${repository.fullName}`;
}

/** A repository's page. */
export function pageUrl(world: World, repository: Repository): string {
  return `${world.serverUrl}/${repository.fullName}`;
}
