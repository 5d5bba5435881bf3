import type { ReleaseClaim } from "../attestation/claim.ts";
import type { Proof } from "../attestation/prove-release.ts";
import type { TagMove } from "../publish/connect-git.ts";
import type { Refs } from "../publish/facts.ts";
import type { Released } from "../released/read-released.ts";
import type { Pins } from "../trees/references.ts";
import type { PublishedRelease } from "./facts.ts";

/** What a promotion asks of repositories, each by its name, and of those who attest. */
export type PromotePorts = {
  readonly readRefs: (repository: string) => Promise<Refs>;
  readonly readReleases: (repository: string) => Promise<readonly PublishedRelease[]>;
  /** What the tag of a version, at this commit, holds; or why it is no release of an action, as a sentence. */
  readonly readReleased: (repository: string, version: string, sha: string) => Promise<Released | string>;
  /** The release of the monorepo at this commit; or why it is none, as a sentence. */
  readonly readMonorepo: (version: string, sha: string) => Promise<MonorepoRelease | string>;
  /** Whether a commit is one that main of the monorepo has or had. */
  readonly isOnMain: (commit: string) => Promise<boolean>;
  /** The version of an action in a commit that is on main; undefined if it has none. */
  readonly readVersion: (action: string, commit: string) => Promise<string | undefined>;
  /** Sigstore bundles that attest a file of the release. */
  readonly readBundles: (claim: ReleaseClaim) => Promise<readonly unknown[]>;
  readonly prove: (claim: ReleaseClaim, bundles: readonly unknown[]) => Promise<Proof>;
  /** @throws Error if nothing was moved, LostReply if that is not known */
  readonly moveTags: (repository: string, moves: readonly TagMove[]) => Promise<void>;
  /** One line for the one who looks on. */
  readonly report: (line: string) => void;
};

/** A release of the monorepo, and how it is made again. */
export type MonorepoRelease = {
  /** Account and repository that it says it is made in, and the commit. */
  readonly source: { readonly repository: string; readonly commit: string };
  /** Version of each action at that commit, by its name. */
  readonly actions: Readonly<Record<string, string>>;
  /** The SHA of the commit that a release of that commit makes with these pins. */
  readonly remake: (pins: Pins) => Promise<string>;
};
