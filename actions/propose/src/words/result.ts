import { cleanText, describeCount, inertCode, inertQuote } from "@patchpilot/evidence";
import { type RepairResult, SANDBOX_TITLES } from "@patchpilot/incident";
import { POLICY_RULES } from "@patchpilot/patch-policy";
import type { Told } from "../read-result.ts";
import { clean } from "./change.ts";

/** Turns, cost and time of the agent; what was not reported is unknown, which is not nothing. Pure. */
export function budgetLine({ turns, costUsd, usage, calls, seconds }: RepairResult): string {
  return [
    `${calls.length} ${calls.length === 1 ? "call" : "calls"} of the agent`,
    `turns ${turns ?? "unknown"}`,
    `cost ${costUsd === null ? "unknown" : `${costUsd.toFixed(2)} USD`}`,
    ...describeTokens(usage ?? []),
    `${Math.round(seconds)} s`,
  ].join(" · ");
}

function describeTokens(usage: NonNullable<RepairResult["usage"]>): string[] {
  if (usage.length === 0) return [];
  const sum = (count: (used: (typeof usage)[number]) => number) =>
    describeCount(usage.reduce((total, used) => total + count(used), 0));
  return [
    `${sum(({ input, cacheRead, cacheWritten }) => input + cacheRead + cacheWritten)} tokens in, ${sum(({ output }) => output)} out`,
  ];
}

/** Text of an agent over several lines. */
const quote = (text: string, most: number, secrets: readonly string[]): string =>
  inertQuote(cleanText(text, { maxLength: most, secrets }).text);

const ranTests = ({ checks }: RepairResult): boolean => checks.some(({ name }) => name === "test");

/**
 * What to say first where no test ran, or where nobody knows; nothing where one did. Pure.
 * @param whoTells a sentence on who knows where this does not
 */
export function untestedNotice({ result, unknown }: Told, whoTells: string): string[] {
  if (result === undefined)
    return [
      `**Whether anything tested this change is not known here.** ${unknown ?? "The work job's result was not given (`result-file`)."} ${whoTells}`,
      "",
    ];
  if (ranTests(result)) return [];
  const recipe = result.checks.some(({ name }) => name === "recipe");
  return [
    recipe
      ? "**No test ran on this change: only the recipe's own check did.**"
      : "**Nothing tested this change.**",
    "There was no test command: `test-command` gave none, and the repository's files name none.",
    "",
  ];
}

/** How much the checks of a result are worth. */
export type ChecksWorth = {
  /** They verify nothing where the patch changes how it is tested. */
  readonly counts: boolean;
  /** A job of its own ran the tests again before this one. */
  readonly isVerified: boolean;
};

/** What the work job tells of itself, for a pull request: why, by which plan, with which checks. */
export function resultSection(
  result: RepairResult,
  worth: ChecksWorth,
  secrets: readonly string[],
): string[] {
  const { summary, plan, agent, recipe } = result;
  const by = [agent, recipe].flatMap((name) =>
    name === undefined ? [] : [inertCode(clean(secrets, name, 60))],
  );
  return [
    ...(summary.trim() === "" ? [] : ["In the agent's words:", "", quote(summary, 3_000, secrets), ""]),
    ...explanationPart(result, secrets),
    ...(plan === undefined ? [] : ["Its plan:", "", quote(plan.text, 4_000, secrets), ""]),
    ...checkTable(result, worth, secrets),
    `${["Made by", ...(by.length > 0 ? [by.join(", ")] : ["an agent"])].join(" ")}: ${budgetLine(result)}.`,
    "",
    ...sandboxLine(result, worth),
  ];
}

/** Only names of rules are shown as such: a forged result could hold anything. */
function explanationPart({ explanation }: RepairResult, secrets: readonly string[]): string[] {
  if (explanation === undefined || explanation.text.trim() === "") return [];
  const names = explanation.rules
    .filter((name) => Object.hasOwn(POLICY_RULES, name))
    .map((name) => `\`${name}\``);
  const about = names.length === 0 ? "the rules" : names.join(", ");
  return [`Asked about ${about}, the agent says:`, "", quote(explanation.text, 2_000, secrets), ""];
}

/** The job `verify` runs code of the patch, so that nothing which it puts out could be believed here. */
function sandboxLine({ sandbox }: RepairResult, { isVerified }: ChecksWorth): string[] {
  if (sandbox === undefined) return [];
  const title = SANDBOX_TITLES.get(sandbox) ?? "one that is not known here";
  const elsewhere = isVerified ? " The summary of the job `verify` names that of its tests." : "";
  return [`Sandbox of agent and tests, as the job \`work\` reports it: ${title}.${elsewhere}`, ""];
}

const MOST_CHECKS = 20;

function checkTable(result: RepairResult, worth: ChecksWorth, secrets: readonly string[]): string[] {
  const { checks } = result;
  if (checks.length === 0) return ["No check ran while the agent worked.", ""];
  const cell = (text: string): string => inertCode(clean(secrets, text, 120));
  return [
    tableTitle(ranTests(result), worth),
    "",
    "| check | outcome | seconds |",
    "| --- | --- | --- |",
    ...checks
      .slice(-MOST_CHECKS)
      .map(({ command, outcome, seconds }) => `| ${cell(command)} | ${outcome} | ${Math.round(seconds)} |`),
    "",
  ];
}

function tableTitle(tested: boolean, { counts, isVerified }: ChecksWorth): string {
  if (!tested) return "Checks while the agent worked, none of which is a test:";
  if (!counts)
    return "Checks while the agent worked. **They do not count as verification, because the patch changes how it is tested:**";
  return isVerified
    ? "Checks while the agent worked (the job `verify` ran the tests again, on a fresh machine):"
    : "Checks while the agent worked, as the job that made the patch reports them:";
}
