import type { Code } from "@patchpilot/checks";

/** A repository, opened with your account. */
export type OpenedPlace = Code & {
  /** `owner/name` as `gh` takes it, with its host if that is not github.com. */
  readonly fullName: string;
  /** Where its pages are, without a slash at the end. */
  readonly serverUrl: string;
  /** The checkout whose files are looked at. */
  readonly checkout: string;
};
