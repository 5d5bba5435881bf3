import type { Tool } from "../recipes/recipe.ts";

/** The models' keys, as far as the workflow gave them. */
export type Keys = {
  readonly anthropic: string | undefined;
  readonly openai: string | undefined;
  /** Of the server at `model-url`. */
  readonly model: string | undefined;
};

/** What a run tells its agent once, for all calls. */
export type AgentSettings = {
  /** Starts the agent: an executable and its first arguments. See install.ts. */
  readonly commandLine: readonly [string, ...string[]];
  /**
   * An existing folder outside of the checkout for the agent's configuration and sessions; it must outlive the
   * calls of a run and must not be below TMPDIR, where Codex does not put its helper programs.
   */
  readonly scratch: string;
  /** The folder with prompt and evidence, outside of the checkout: every agent must be able to read it. */
  readonly task: string;
  readonly keys: Keys;
  /** A gateway instead of the vendor's own address, without `/v1`. For OpenCode what precedes `/chat/completions`. */
  readonly modelUrl: string | undefined;
  /** The model of turns that name none, for an agent that makes no choice. */
  readonly model: string | undefined;
  /** What the recipe lets the agent do beside reading. */
  readonly tools: readonly Tool[];
  /** Commands that `run-checks` means: the test command and the recipe's own check. */
  readonly checks: readonly string[];
  /** Whether our wall is around the agent, which then needs no sandbox itself. */
  readonly contained: boolean;
  /** Whether the agent has the machine's variables, in which it may find its own key. */
  readonly findsKey: boolean;
};
