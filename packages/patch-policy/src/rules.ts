/**
 * How hard a rule is. `refused`: nothing is published. `flagged`: published, and named in the pull request.
 * `silence`: refused where the patch does nothing else, flagged where it also does real work.
 */
export type Grade = "refused" | "flagged" | "silence";

type Rule = { readonly grade: Grade; readonly means: string };

/**
 * Every rule of the patch gate. The names are public: they stand in the output `findings`, in pull requests and in
 * the corpus of patches. `means` is what a person reads beside the name.
 */
export const POLICY_RULES = {
  // The bytes of the patch, before anything of it is looked at.
  "other-bytes": { grade: "refused", means: "these are not the bytes that the work job made" },
  empty: { grade: "refused", means: "the patch changes nothing" },
  "too-large": { grade: "refused", means: "the patch is larger than `max-patch-kb`" },
  "too-many-files": { grade: "refused", means: "the patch changes more files than `max-files`" },
  "too-many-lines": { grade: "refused", means: "the patch changes more lines than `max-lines`" },
  unreadable: { grade: "refused", means: "git cannot read the patch" },
  "does-not-apply": { grade: "refused", means: "the patch does not apply to exactly the base commit" },
  repeated: { grade: "refused", means: "the patch equals one of an earlier attempt" },
  secret: { grade: "refused", means: "the patch adds a secret" },

  // Paths, and what lies at them.
  "path-outside": { grade: "refused", means: "a path leaves the repository" },
  "path-hidden": { grade: "refused", means: "a path has characters that hide what it names" },
  "path-git": { grade: "refused", means: "a path belongs to git or GitHub" },
  "path-protected": { grade: "refused", means: "a path is protected by `protected-paths`" },
  "path-blocked": {
    grade: "refused",
    means: "something other than a plain file or folder is in the path's way",
  },
  "tool-leftover": { grade: "refused", means: "a new file is a cache, byte code or an installed package" },
  "git-filter": { grade: "refused", means: "files are handed to a filter of git's" },
  symlink: { grade: "refused", means: "a file would become a symbolic link" },
  submodule: { grade: "refused", means: "a file would become, or is, a submodule" },
  mode: { grade: "refused", means: "a file would get a mode that no plain file has" },
  "lockfile-alone": { grade: "refused", means: "a lockfile changes without the manifest that it belongs to" },
  "binary-code": { grade: "refused", means: "a program or a source file has bytes that no one can review" },
  "hidden-text": {
    grade: "refused",
    means: "added lines hold characters that show another text than they are",
  },

  // Silencing the sensor is not a fix.
  "silences-sentry": {
    grade: "refused",
    means: "Sentry, PostHog or another monitor reports less",
  },
  "ignores-errors": { grade: "silence", means: "a list of ignored errors grows" },
  "lowers-sampling": { grade: "silence", means: "a smaller share of errors or traces is sent" },
  "removes-report": { grade: "silence", means: "errors are reported at fewer places" },
  "swallows-error": { grade: "silence", means: "errors are caught and dropped" },
  "catches-error": { grade: "flagged", means: "errors are caught and not passed on" },
  "lowers-log-level": { grade: "silence", means: "errors are logged at a lower level" },
  "hides-errors": { grade: "silence", means: "errors are hidden from the whole process" },
  "suppresses-check": { grade: "silence", means: "a linter, compiler or coverage check is switched off" },
  "deletes-test": { grade: "silence", means: "tests are removed" },
  "skips-test": { grade: "silence", means: "tests are skipped" },
  "removes-assertion": { grade: "silence", means: "tests assert less" },
  "loosens-assertion": { grade: "silence", means: "tests want less than before" },
  "changes-expectation": { grade: "silence", means: "tests want another value of the same" },
  "disables-feature": { grade: "silence", means: "a feature is switched off" },
  "disables-code": { grade: "silence", means: "code becomes a comment" },
  "records-less": { grade: "silence", means: "less of what users do is recorded" },
  "patient-test": { grade: "silence", means: "tests wait longer or try more often" },

  // What a reviewer should know.
  "changes-how-it-is-tested": { grade: "flagged", means: "files that define the tests change" },
  "not-read": { grade: "flagged", means: "no rule reads the language of a file" },
  "only-tests": { grade: "flagged", means: "only tests and documents change" },
  executable: { grade: "flagged", means: "the mode of a file changes, or a program is added" },
  binary: { grade: "flagged", means: "a binary file changes, which cannot be read here" },
  "install-script": { grade: "flagged", means: "code would run wherever the package is installed" },
  dependency: { grade: "flagged", means: "dependencies change" },
  "git-attributes": { grade: "flagged", means: "what git or GitHub show of files changes" },
  dsn: { grade: "flagged", means: "where errors are sent changes" },
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof POLICY_RULES;

/** Rules that only flag, and that a worker could have done without: it is asked once to mend that, or to say why. */
const EXPLAINABLE: readonly RuleName[] = ["catches-error", "changes-how-it-is-tested", "dsn"];

/** Whether a worker is asked about it. What names a kind of file, such as `binary`, explains itself. */
export const isExplainable = ({ rule }: Pick<PolicyFinding, "rule">): boolean =>
  POLICY_RULES[rule].grade === "silence" || EXPLAINABLE.includes(rule);

/** What a rule found. `told` is a whole sentence for the log and the pull request. */
export type PolicyFinding = {
  readonly rule: RuleName;
  readonly told: string;
  readonly path?: string;
  /** Line of the file after the patch, or before it where something was taken away. */
  readonly line?: number;
};

export const makeFinding = (
  rule: RuleName,
  told: string,
  place: { path?: string; line?: number } = {},
): PolicyFinding => ({
  rule,
  told,
  ...place,
});

/** One finding, or none if it is not so. */
export const findIf = (isSo: boolean, ...finding: Parameters<typeof makeFinding>): PolicyFinding[] =>
  isSo ? [makeFinding(...finding)] : [];
