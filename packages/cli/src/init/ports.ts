import type { Answerer } from "./ask.ts";
import type { Hints, SetupFacts } from "./facts.ts";

/** A pull request that changes files of the default branch. */
export type Onboarding = {
  readonly branch: string;
  readonly title: string;
  readonly body: string;
  /** Texts by path. */
  readonly files: Readonly<Record<string, string>>;
};

export type OpenedOnboarding = {
  readonly url: string;
  /** `found`: the same was proposed before, and is open. */
  readonly state: "opened" | "found";
};

/** What `init` may ask and change. */
export type InitPorts = {
  readonly readHints: () => Promise<Hints>;
  readonly readFacts: () => Promise<SetupFacts>;
  /** Absent: there is nobody to ask. */
  readonly person?: Answerer;
  readonly makeKey: () => string;
  /** @throws Error with a sentence */
  readonly setSecret: (name: string, value: string) => Promise<void>;
  /** @throws Error with a sentence */
  readonly setVariable: (variable: {
    readonly name: string;
    readonly value: string;
    readonly isNew: boolean;
  }) => Promise<void>;
  /** What your account sees of the set-up, as a table in Markdown, without what the pull request brings. */
  readonly check: () => Promise<string>;
  /** @throws Error with a sentence if the branch has other files */
  readonly propose: (onboarding: Onboarding) => Promise<OpenedOnboarding>;
  readonly say: (text: string) => void;
};
