import type { AttemptName, WorkOrder } from "@patchpilot/incident";
import type { ProposeInputs } from "../contract.ts";
import type { Continuation } from "../facts.ts";

/** Inputs of a run that publishes for an attempt. */
export type AttemptInputs = ProposeInputs & {
  readonly key: string;
  readonly "base-sha": string;
  readonly branch: string;
};

/** An attempt whose patch is to be published, by its key, its inputs and its work order. */
export type Attempt = {
  readonly inputs: AttemptInputs;
  readonly order: WorkOrder | undefined;
  readonly name: AttemptName;
  /** owner/name of the incident's repository. */
  readonly repository: string;
  /** Set where that is not the repository that is repaired. */
  readonly elsewhere: string | undefined;
  /** Set where the attempt goes on with an earlier one's pull request, as its work order says. */
  readonly continues: Continuation | undefined;
};

/**
 * The inputs of an attempt; undefined: no `key` is given. Pure.
 * @throws Error with a sentence where `key` comes without what belongs to it, or with what does not
 */
export function attemptInputs(inputs: ProposeInputs): AttemptInputs | undefined {
  const { key, "base-sha": baseSha, branch } = inputs;
  if (key === undefined) return undefined;
  if (baseSha === undefined || branch === undefined) {
    const missing = [...(baseSha ? [] : ["`base-sha`"]), ...(branch ? [] : ["`branch`"])].join(" and ");
    throw new Error(`\`key\` is given without ${missing}: pass \`claim\`'s outputs of the same names.`);
  }
  if (inputs.title !== undefined)
    throw new Error("`title` is for a patch without `key`: an attempt is named after its incident.");
  return { ...inputs, key, "base-sha": baseSha, branch };
}
