import type { AppInstallation } from "@patchpilot/github";
import type { Answer } from "../asking.ts";

export const MODEL_VENDORS = ["anthropic", "openai"] as const;
export type ModelVendor = (typeof MODEL_VENDORS)[number];

/** What the repair workflow gets from the secrets and variables of the repository. */
export type WorkerSettings = {
  /** `claude-code`, `codex`, `opencode`, `command`, or a name of your own. */
  readonly agent: string;
  readonly command?: string | undefined;
  readonly "anthropic-api-key"?: string | undefined;
  readonly "openai-api-key"?: string | undefined;
  /** A gateway instead of the vendor's own address, without `/v1`. */
  readonly "model-url"?: string | undefined;
  readonly "model-implement"?: string | undefined;
  readonly "setup-command"?: string | undefined;
  readonly "test-command"?: string | undefined;
  /** As written; empty: the default. */
  readonly "max-cost-usd"?: string | undefined;
  readonly "npm-token"?: string | undefined;
  readonly "app-id"?: string | undefined;
  readonly "app-private-key"?: string | undefined;
};

/** The input that holds the key of a vendor. */
export const KEY_INPUTS = { anthropic: "anthropic-api-key", openai: "openai-api-key" } as const;

/** What was asked for the worker. */
export type WorkerFacts = {
  /** How many models the key of the agent's vendor may use. */
  readonly models?: Answer<number>;
  readonly installation?: Answer<AppInstallation>;
};

/** The vendor whose key an agent needs; undefined: none that is known here. */
export const findVendor = (agent: string): ModelVendor | undefined =>
  (({ "claude-code": "anthropic", codex: "openai" }) as const)[agent];
