import type { AgentReport } from "./agent.ts";

/** The end of what an agent printed, on one line, for a sentence: people look there first. */
export function lastWords(...outputs: readonly string[]): string {
  const text = outputs.map((output) => output.trim()).find((output) => output !== "") ?? "";
  const tail = text.split("\n").slice(-3).join(" ").trim();
  return tail === "" ? "It said nothing." : `It last said: ${shorten(tail, 300)}`;
}

/** How a process ended, for a sentence. */
export const describeStatus = (code: number | null): string =>
  code === null ? "by a signal" : `with status ${code}`;

/** A text on one line with at most `limit` characters. */
export function shorten(text: string, limit: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}

/** Why a key was not taken, and what helps. */
export function describeRefusedKey(status: number | undefined, input: string): string {
  const told = status === undefined ? "" : ` with ${status}`;
  return `The model's API refused the key${told}: check that \`${input}\` is set, valid and meant for \`model-url\`.`;
}

/** Why the model did not answer, and what helps. */
export function describeApiError(status: number | undefined, message: string): string {
  const told = status === undefined ? "an error" : String(status);
  const remedy =
    status === 400 || status === 404
      ? "Check `model-plan`, `model-implement` and `model-url`."
      : "Nothing in the repository is at fault; a later attempt may pass.";
  return `The model's API answered ${told}: ${shorten(message, 200)} ${remedy}`;
}

export const OUT_OF_TIME =
  "The agent was stopped because the time of the step was over; `step-timeout-minutes` gives it more.";

export const OUT_OF_TURNS = "The agent used all of its turns before it was done; `max-turns` gives it more.";

export const OUT_OF_MONEY = "The agent used up its money before it was done; `max-cost-usd` gives it more.";

/** Neither Claude Code nor OpenCode reads them by itself when the checkout may not configure it. */
export const HOUSE_RULES =
  "If the checkout has a CLAUDE.md or an AGENTS.md, read it before anything else: it says how this project works.";

/** What the gate answers to an agent that would ask for ever; the status in digits that no agent takes for one. */
export const describeNoAnswer = (status: number): string =>
  `patchpilot: the model gives no answer (${[...String(status)].join(".")})`;

/** The status in such an answer. */
export function readNoAnswer(text: string): number | undefined {
  const digits = text.match(/patchpilot: the model gives no answer \((\d\.\d\.\d)\)/)?.[1];
  return digits === undefined ? undefined : Number(digits.replaceAll(".", ""));
}

/** What the gate answers after the last request that it lets through. The agents report it in their own words. */
export const NO_TURNS_LEFT = "patchpilot: no turns are left";

/** The same once the answers have cost what they may. */
export const NO_MONEY_LEFT = "patchpilot: no money is left";

/** The ending of a call to whose agent the gate said one of these; undefined: it said neither. */
export function judgeClosedGate(said: string): Pick<AgentReport, "ended" | "reason"> | undefined {
  if (said.includes(NO_TURNS_LEFT)) return { ended: "turns", reason: OUT_OF_TURNS };
  return said.includes(NO_MONEY_LEFT) ? { ended: "turns", reason: OUT_OF_MONEY } : undefined;
}
