import type { ProposeInputs } from "../contract.ts";

/** Inputs of a run that publishes for an attempt. */
export type AttemptInputs = ProposeInputs & {
  readonly key: string;
  readonly "base-sha": string;
  readonly branch: string;
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
