import type { ReleaseMessage } from "../commits/release-message.ts";

/** A release as GitHub's API shows it, with the address that its assets are uploaded to. */
export type GitHubRelease = {
  readonly assets: readonly Asset[];
  readonly id: number;
  readonly draft: boolean;
  readonly uploadUrl: string;
};

/** A file of a release. Until its upload has ended, its state is `starter`. GitHub may say its digest: `sha256:` and hexadecimal digits. */
export type Asset = Readonly<{ id: number; name: string; state: string; digest?: string }>;

/** Branch and tags of a repository: the SHA of what each names. */
export type Refs = {
  readonly main?: string;
  /** By version, without `v`; only full versions. */
  readonly versions: Readonly<Record<string, string>>;
  /** Tags that promotion moves, by their names: `v1` and `v1.2`. */
  readonly lines: Readonly<Record<string, string>>;
};

/** The tag of the version that is to be released. It was there before. */
export type Tagged = {
  readonly sha: string;
  /** Whether the tag names a commit, and no tag object. */
  readonly plain: boolean;
  readonly message?: ReleaseMessage;
  /** When its commit was made, in ISO 8601. */
  readonly time: string;
  /** Whether its `dist` has the digest that its message says. */
  readonly intact: boolean;
  /** Files that differ from what is built now, apart from pages in which each release changes versions. */
  readonly differing: readonly string[];
};

/** A version of a repository, and the commit that it is to be released from. */
type Wanted = Readonly<Record<"owner" | "repository" | "version" | "source", string>>;

/** What a decision about one repository may look at. */
export type ReleaseFacts = Wanted & {
  /** The release commit that it makes. Absent for the monorepo if another commit has released the version. */
  readonly candidate?: string;
  readonly refs: Refs;
  /** The highest version that has a tag. */
  readonly newest?: string;
  /**
   * Of an action: whether `main` is the newest release or one before it. Of the monorepo: whether the source commit is on `main`.
   */
  readonly mainFits: boolean;
  readonly tagged?: Tagged;
  readonly releases: readonly GitHubRelease[];
};

/** What a repository needs. */
export type Need =
  | { readonly kind: "refuse"; readonly sentence: string }
  /** The version is released by another commit: nothing is to do. */
  | { readonly kind: "keep"; readonly commit: string; readonly notice?: string }
  /** Commit, draft and assets have to be there; some may be. */
  | { readonly kind: "release"; readonly commit: string; readonly source: string; readonly time?: string };
