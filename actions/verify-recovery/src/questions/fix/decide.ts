import { describeInstant } from "@patchpilot/time";
import type { VerifyFacts } from "../../facts.ts";
import { describeCommit } from "../../words.ts";
import { halt, pass, type VerifyAnswer } from "../answer.ts";

/** Is there a merged fix, or does the first deployment after acceptance count as one? Costs no request. */
export function askFix({ fix, held, kind }: VerifyFacts, now: number): VerifyAnswer {
  if (held) {
    const reason = "On hold: the label patchpilot:hold is set.";
    return skip("skipped", "patchpilot:hold is set", reason, "Take the label off to continue.");
  }
  if (fix.kind === "deployment" && kind === "asked") {
    const next = "Merge a pull request that says `Refs` and the number of this issue.";
    return skip("no", "nothing is merged for it", "Nothing is merged that names this issue.", next);
  }
  if (fix.kind === "deployment") {
    return pass({
      name: "fix",
      state: "unknown",
      detail: `none is known; the first production deployment after ${describeInstant(fix.after, now)} counts`,
    });
  }
  const source = fix.pullRequest === null ? "commit" : `#${fix.pullRequest}, commit`;
  return pass({
    name: "fix",
    state: "yes",
    detail: `${source} ${describeCommit(fix.commit)}, merged on ${describeInstant(fix.at, now)}`,
  });
}

const skip = (state: "skipped" | "no", detail: string, reason: string, next: string): VerifyAnswer =>
  halt({ name: "fix", state, detail }, { decision: "skip", verdict: "unknown", reason, next, eta: null });
