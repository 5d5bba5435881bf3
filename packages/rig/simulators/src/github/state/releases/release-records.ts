import type { GitHubAccount } from "../accounts/identity.ts";

export type ReleaseRecord = {
  readonly id: number;
  readonly draft: boolean;
  readonly tagName: string;
  readonly immutable: boolean;
  /** Branch or SHA that the tag is made from if it is missing. */
  readonly target: string;
  readonly prerelease: boolean;
  readonly name: string | null;
  readonly author: GitHubAccount;
  readonly body: string | null;
  readonly createdAt: string;
  readonly publishedAt: string | null;
  readonly updatedAt: string;
};

export type ReleaseAssetRecord = {
  readonly id: number;
  readonly name: string;
  readonly releaseId: number;
  readonly label: string | null;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** `starter`: the upload broke off. The asset is empty, keeps its name and can be deleted. */
  readonly state: "uploaded" | "starter";
  readonly uploader: GitHubAccount;
  readonly createdAt: string;
};

/**
 * What GitHub keeps of a tag whose release is immutable: `kept` may not change at all. Once the release is deleted the
 * tag is `spent`: it may be deleted, and its name never used again.
 * https://docs.github.com/en/code-security/concepts/supply-chain-security/immutable-releases
 */
export type TagLock = "kept" | "spent";

export type AttestationRecord = {
  /** The Sigstore bundle as it was stored; GitHub leaves its verification to readers. */
  readonly bundle: object;
  readonly id: number;
  /** `sha256:<hex>` of each subject. */
  readonly digests: readonly string[];
  readonly predicateType: string;
};
