import type { GitPlace } from "@patchpilot/git";
import type { ReleaseProgress, Write } from "./decide-write.ts";
import type { GitHubRelease, Refs } from "./facts.ts";

/** What a release asks of the repositories, each by its name. */
export type ReleasePorts = {
  /** Git, in a folder that holds the commits which are released. */
  readonly place: GitPlace;
  readonly readRefs: (repository: string) => Promise<Refs>;
  /** Brings commits and what they reach to `place`. */
  readonly fetch: (repository: string, refs: readonly string[]) => Promise<void>;
  /** Every release of a tag, drafts included. */
  readonly readReleases: (repository: string, tag: string) => Promise<readonly GitHubRelease[]>;
  /**
   * Makes one write.
   * @returns what is there afterwards, by GitHub's reply
   * @throws LostReply if it may have happened all the same
   */
  readonly write: (write: Write, before: ReleaseProgress) => Promise<ReleaseProgress>;
  /** One line for the one who looks on. */
  readonly report: (line: string) => void;
};
