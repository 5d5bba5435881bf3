/** A change to one file: every text of `replace` must be found. */
export type Edit = {
  readonly file: string;
  readonly replace: readonly { readonly find: string; readonly by: string }[];
};

/** What the scripted agent does in one attempt. */
export type ScriptedRepair = {
  /** What is different afterwards. */
  readonly sentence: string;
  /** Why it helps, as the agent says to the reviewer. */
  readonly why: string;
  readonly edits: readonly Edit[];
};
