import { renderRepository } from "../render/repository.ts";
import { renderUser } from "../render/user.ts";
import type { WriteScope } from "./scope.ts";

/** What a write says about its event; `about` holds the payload without `repository`, `sender` and `action`. */
export type Announcement = {
  readonly event: string;
  readonly action?: string;
  readonly about: () => Readonly<Record<string, unknown>>;
  readonly ref?: string;
  readonly sha?: string;
  readonly workflowPath?: string;
  readonly runId?: number;
  /** For what never starts a workflow, whoever did it. */
  readonly startsNothing?: boolean;
};

const DISPATCHES = new Set(["repository_dispatch", "workflow_dispatch"]);

/** Announces an event; it is delivered when the write that it belongs to is done. */
export function announce({ world, repository, hand }: WriteScope, announcement: Announcement): void {
  world.emit(() => {
    const { event, action } = announcement;
    return {
      event,
      action: action ?? null,
      payload: {
        ...(action === undefined ? {} : { action }),
        ...announcement.about(),
        repository: renderRepository(world, repository),
        sender: renderUser(world, hand.actor),
      },
      repository: repository.fullName,
      actor: hand.actor,
      causedByToken: hand.token,
      startsWorkflows:
        announcement.startsNothing !== true && (hand.token?.isGitHubToken !== true || DISPATCHES.has(event)),
      ref: announcement.ref ?? `refs/heads/${repository.defaultBranch}`,
      sha: announcement.sha ?? repository.git.refs.get(`refs/heads/${repository.defaultBranch}`) ?? "",
      workflowPath: announcement.workflowPath ?? null,
      runId: announcement.runId ?? null,
    };
  });
}
