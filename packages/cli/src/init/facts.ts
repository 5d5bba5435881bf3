/** What can be guessed from the files of the checkout; absent: nothing says it. */
export type Hints = {
  /** By variable. */
  readonly variables: Readonly<Record<string, string>>;
  /** The checkout belongs to an app on Vercel. */
  readonly isOnVercel: boolean;
};

/** What GitHub knows of the repository that is set up. */
export type SetupFacts = {
  readonly visibility: string;
  readonly defaultBranch: string;
  /** Texts of those files of the default branch that `init` may write, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Values of the variables that are set, by name; undefined: your token may not read them. */
  readonly variables: Readonly<Record<string, string>> | undefined;
  /** Names of the secrets that are set; undefined: your token may not list them. */
  readonly secrets: readonly string[] | undefined;
};

/** How far PatchPilot goes by itself, as `dispatch` reads it. */
export const AUTONOMY = ["observe", "plan", "draft-pr"] as const;
export type Autonomy = (typeof AUTONOMY)[number];

/** Which workflow runs the loop. */
export type LoopForm = "patchpilot" | "while-open";

/** What was answered, by option, by question or by what was found. */
export type SetupAnswers = {
  readonly form: LoopForm;
  readonly autonomy: Autonomy;
  /** By variable; only those with a value. */
  readonly variables: Readonly<Record<string, string>>;
  /** By secret; only those with a value. */
  readonly secrets: Readonly<Record<string, string>>;
};
