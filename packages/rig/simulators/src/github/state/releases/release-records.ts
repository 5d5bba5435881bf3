import type { GitHubAccount } from "../accounts/identity.ts";

export type ReleaseRecord = {
  readonly id: number;
  readonly tagName: string;
  /** Branch or SHA that the tag is made from if it is missing. */
  readonly target: string;
  readonly name: string | null;
  readonly body: string | null;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly immutable: boolean;
  readonly author: GitHubAccount;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly publishedAt: string | null;
};

export type ReleaseAssetRecord = {
  readonly id: number;
  readonly releaseId: number;
  readonly name: string;
  readonly label: string | null;
  /** `starter`: the upload broke off. The asset is empty, keeps its name and can be deleted. */
  readonly state: "uploaded" | "starter";
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly uploader: GitHubAccount;
  readonly createdAt: string;
};

export type AttestationRecord = {
  readonly id: number;
  /** The Sigstore bundle as it was stored; GitHub leaves its verification to readers. */
  readonly bundle: object;
  /** `sha256:<hex>` of each subject. */
  readonly digests: readonly string[];
  readonly predicateType: string;
};

/**
 * What GitHub keeps of a tag whose release is immutable: `kept` may not change at all. Once the release is deleted the
 * tag is `spent`: it may be deleted, and its name never used again.
 * https://docs.github.com/en/code-security/concepts/supply-chain-security/immutable-releases
 */
export type TagLock = "kept" | "spent";
