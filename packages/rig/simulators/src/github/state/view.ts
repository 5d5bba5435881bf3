import type { GitHubState } from "./world.ts";

/** What can be read as it was some writes ago. Creating and moving refs always happens on the present. */
export type Resource =
  | "issues"
  | "comments"
  | "labels"
  | "timeline"
  | "pulls"
  | "runs"
  | "workflows"
  | "variables"
  | "refs"
  | "releases"
  | "deployments";

/** How many writes back a read answers; 0 is the present. `operation` is a REST id or a GraphQL operation's name. */
export type Staleness = (read: { readonly operation: string; readonly resource: Resource }) => number;

/** The versions at which one request reads. Every resource is read at one version throughout the request. */
export type View = { readonly version: (resource: Resource) => number | undefined };

const PRESENT: View = { version: () => undefined };

/** @throws where staleness is asked of a world that keeps no history. */
export function createView(world: GitHubState, staleness: Staleness | undefined, operation: string): View {
  if (staleness === undefined) return PRESENT;
  if (!world.versions.keepHistory) {
    throw new Error(
      "Stale reads need a world that keeps history: pass keepHistory: true to createGitHubWorld.",
    );
  }
  const current = world.versions.current;
  const versions = new Map<Resource, number>();
  return {
    version: (resource) => {
      const known = versions.get(resource);
      if (known !== undefined) return known;
      const version = Math.max(0, current - Math.max(0, staleness({ operation, resource })));
      versions.set(resource, version);
      return version;
    },
  };
}
