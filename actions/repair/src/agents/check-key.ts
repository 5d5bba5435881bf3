import type { PackagedAgent } from "./install.ts";
import { ANTHROPIC, OPENAI } from "./model-gate.ts";

/** Asks an address of a model's vendor and gives the status; undefined where nothing answers in time. */
export type AskVendor = (
  url: string,
  headers: Readonly<Record<string, string>>,
) => Promise<number | undefined>;

/** Where a vendor lists its models, which costs nothing. */
const LIST = "/v1/models";

/**
 * Asks the vendor whether it knows the key, before anything is installed or paid. A gateway is not asked, nor is a server
 * that speaks chat completions: neither need have a list of models. What is no clear refusal is left to the agent's first
 * call.
 * @throws Error with a sentence if the key is refused
 */
export async function checkKey(agent: PackagedAgent, key: string | undefined, ask: AskVendor): Promise<void> {
  if (agent === "opencode" || key === undefined || !/^[!-~]+$/.test(key)) return;
  const vendor = agent === "codex" ? OPENAI : ANTHROPIC;
  const [name, value] = vendor.makeHeader(key);
  const status = await ask(`${vendor.url}${LIST}`, { [name]: value, "anthropic-version": "2023-06-01" });
  if (status !== 401) return;
  const input = agent === "codex" ? "openai-api-key" : "anthropic-api-key";
  throw new Error(
    `The model's vendor refuses the key in \`${input}\` (401): it is wrong, expired or revoked. Nothing was spent. Set the secret again.`,
  );
}
