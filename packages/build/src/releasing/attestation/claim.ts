import type { FileDigest } from "../trees/tree-digest.ts";

/** What a release must be proven to be: these files of this action, built from this commit by the owner's workflow. */
export type ReleaseClaim = {
  readonly owner: string;
  readonly action: string;
  /** Full SHA of the commit that the release says it is built from. */
  readonly commit: string;
  /** Every file of the release's tree. */
  readonly files: readonly FileDigest[];
};
