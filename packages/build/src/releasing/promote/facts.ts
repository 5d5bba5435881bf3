import type { Refs } from "../publish/facts.ts";

/** What GitHub's API says of the release of a tag. */
export type PublishedRelease = { readonly tag: string } & {
  /** `immutable`: GitHub lets nobody move its tag or change its files. */
  readonly [Fact in "draft" | "prerelease" | "immutable"]: boolean;
};

/** What is promoted from: one repository's tags and releases. */
export type PromoteFacts = Readonly<Record<"owner" | "repository", string>> & {
  readonly refs: Refs;
  readonly releases: readonly PublishedRelease[];
};

/** A tag, and the version that it is to name if that is proven. */
export type Promotion = {
  /** `v1` or `v1.2`. */
  readonly tag: string;
  readonly version: string;
  /** Where the tag is now, which may be where it is to be; absent if it is not there. */
  readonly from?: string;
  readonly to: string;
};

/** What is right to do with the tags of one repository, if what they are to name is proven. */
export type PromotePlan = {
  readonly promotions: readonly Promotion[];
  readonly refusals: readonly string[];
  /** What waits for somebody. */
  readonly notices: readonly string[];
};
