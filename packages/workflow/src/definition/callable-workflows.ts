const WORKFLOW_FOLDER = ".github/workflows/";
/** The workflow that an event starts and nine below it. */
export const MAX_LEVELS = 10;

/** The text of a workflow file, and the name that messages give it. */
export type WorkflowText = { readonly file: string; readonly text: string };

/** Finds what a job's `uses:` names, as seen from the repository that the workflow with that job comes from. */
export type CallableWorkflows = {
  /** @returns undefined where nobody gave the text */
  readonly find: (uses: string) => (WorkflowText & { readonly callable: CallableWorkflows }) | undefined;
};

/**
 * The workflows that may be called.
 * @param own the repository's own workflow files by name: those that `./.github/workflows/…` means
 * @param others texts by `owner/repository/.github/workflows/file.yml@ref`, or without `@ref` for every ref
 */
export function callableWorkflows(
  own: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>>,
): CallableWorkflows {
  const findOwn = (uses: string): string | undefined => own[uses.slice(`./${WORKFLOW_FOLDER}`.length)];
  const findOther = (uses: string): string | undefined => others[uses] ?? others[uses.split("@")[0] ?? ""];
  const seenFrom = (home: string | undefined, ref: string): CallableWorkflows => ({
    find: (uses) => {
      const isLocal = uses.startsWith("./");
      const name = isLocal && home !== undefined ? `${home}/${uses.slice(2)}@${ref}` : uses;
      const text = name.startsWith("./") ? findOwn(name) : findOther(name);
      if (text === undefined) return undefined;
      if (name.startsWith("./"))
        return { file: name.slice(`./${WORKFLOW_FOLDER}`.length), text, callable: seenFrom(home, ref) };
      const [path = "", itsRef = ""] = name.split("@");
      const itsHome = path.split("/").slice(0, 2).join("/");
      return { file: name, text, callable: seenFrom(itsHome, itsRef) };
    },
  });
  return seenFrom(undefined, "");
}
