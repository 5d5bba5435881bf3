import type { Line } from "@patchpilot/action-kit";
import type { EndingCause } from "@patchpilot/incident";
import type { PolicyFinding } from "@patchpilot/patch-policy";
import type { ProposeInputs, ProposeVerdict } from "./contract.ts";

/** What a run came to. */
export type ProposeEnding = {
  readonly verdict: ProposeVerdict;
  readonly reasons: readonly string[];
  /** What it is owed to where that is nobody's fault who worked on the incident. */
  readonly cause?: EndingCause;
  readonly pullRequest?: { readonly number: number; readonly url: string };
  readonly lines?: readonly Line[];
  /** Why the patch is refused, or else what its reviewer should know. */
  readonly findings?: readonly PolicyFinding[];
};

export const endRun = (verdict: ProposeVerdict, reason: string, cause?: EndingCause): ProposeEnding => ({
  verdict,
  reasons: [reason],
  ...(cause === undefined ? {} : { cause }),
});

/** A pull request that an attempt goes on with, and the commit that its branch must still be at. */
export type Continuation = { readonly branch: string; readonly pullRequest: number; readonly head: string };

/** Whether another token than the workflow's makes branch and pull request: then GitHub starts CI as for anybody's. */
export const hasOwnToken = (inputs: Pick<ProposeInputs, "github-token" | "pr-token">): boolean =>
  inputs["pr-token"] !== undefined && inputs["pr-token"] !== inputs["github-token"];
