import type { AttemptRecord } from "@patchpilot/incident";
import type { Scene } from "../scene.ts";

/** The pull request of an attempt as a link; another repository's is named in full. Undefined: there is none. */
export function linkPull(attempt: AttemptRecord | undefined, scene: Scene): string | undefined {
  const address = addressPull(attempt, scene);
  return address === undefined ? undefined : `[${namePull(attempt, scene)}](${address})`;
}

/** As people write it: `#3`, and `acme/api#3` of another repository. */
export function namePull(attempt: AttemptRecord | undefined, scene: Scene): string {
  const [, repository, number] =
    /^https?:\/\/[^/]+\/([\w.-]+\/[\w.-]+)\/pull\/(\d+)$/.exec(attempt?.pullRequestUrl ?? "") ?? [];
  const isElsewhere = repository !== undefined && !scene.home.endsWith(`/${repository}`);
  return isElsewhere ? `${repository}#${number}` : `#${attempt?.pullRequest ?? number}`;
}

export function addressPull(
  { pullRequest, pullRequestUrl }: Partial<AttemptRecord> = {},
  { home }: Scene,
): string | undefined {
  if (pullRequest === undefined) return undefined;
  const isAddress = pullRequestUrl !== undefined && /^https?:\/\/[\w.:/-]+$/.test(pullRequestUrl);
  return isAddress ? pullRequestUrl : `${home}/pull/${pullRequest}`;
}
