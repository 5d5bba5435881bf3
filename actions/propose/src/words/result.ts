import { cleanText, describeCount, inertCode, inertQuote } from "@patchpilot/evidence";
import { type RepairBaseline, type RepairResult, SANDBOX_TITLES } from "@patchpilot/incident";
import { POLICY_RULES } from "@patchpilot/patch-policy";
import type { Reported } from "../read-result.ts";
import { clean } from "./change.ts";

/** Calls, turns, cost, tokens and time of the agent, as far as they were counted. Pure. */
export function budgetLine({ turns, costUsd, usage, calls, seconds }: RepairResult): string {
  return [
    ...(calls.length === 0 ? [] : [`${calls.length} ${calls.length === 1 ? "call" : "calls"} of the agent`]),
    ...(turns === null ? [] : [`${turns} ${turns === 1 ? "turn" : "turns"}`]),
    ...(costUsd === null ? [] : [`$${costUsd.toFixed(2)}`]),
    ...describeTokens(usage ?? []),
    describeSeconds(seconds),
  ].join(" · ");
}

const describeSeconds = (seconds: number): string =>
  seconds < 1
    ? "under a second"
    : seconds < 90
      ? `${Math.round(seconds)} s`
      : `${Math.round(seconds / 60)} min`;

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
 * What to say first if no test ran, or if nobody knows; nothing if one did. Pure.
 * @param whoTells a sentence on who knows if this does not
 */
export function untestedNotice({ result, unknown }: Reported, whoTells: string): string[] {
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

/** What the agent says of its change, marked as its words. Pure. */
export function accountSection({ result }: Reported, secrets: readonly string[]): string[] {
  if (result === undefined) return [];
  const { summary } = result;
  return [
    ...(summary.trim() === ""
      ? []
      : ["**What, in the agent's words**, not checked by anyone:", "", quote(summary, 3_000, secrets), ""]),
    ...explanationPart(result, secrets),
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

/** How much the checks of a result are worth. */
export type ChecksWorth = {
  /** They verify nothing if the patch changes how it is tested. */
  readonly counts: boolean;
  /** Another job ran the tests again before this one. */
  readonly isVerified: boolean;
};

const MOST_NAMES = 5;

/** What the work job reports of tests and of what is no part of the patch, one line each. Pure. */
export function reportedLines(
  { result }: Reported,
  worth: ChecksWorth,
  secrets: readonly string[],
): string[] {
  if (result === undefined) return [];
  const { baseline, notes } = result;
  const aside = notes.filter((note) => /^(?:Left out of|Taken into) the patch/.test(note));
  return [
    ...(ranTests(result) && !worth.isVerified && worth.counts ? [ownTests(result)] : []),
    ...(ranTests(result) && !worth.counts
      ? ["- ⚠️ The tests do not count as verification, because the patch changes how it is tested."]
      : []),
    ...(baseline === undefined ? [] : baselineLines(baseline, secrets)),
    ...aside.map((note) => `- ⚠️ ${inertCode(clean(secrets, note, 400), 400)}`),
  ];
}

const ownTests = ({ checks }: RepairResult): string => {
  const last = checks.findLast(({ name }) => name === "test");
  return `- ${last?.outcome === "passed" ? "✅ Tests passed" : "⚠️ Tests did not pass"} while the agent worked, as the job that made the patch reports it.`;
};

/** How the tests compare with those of the base, as the job reports it that made the patch. */
function baselineLines(baseline: RepairBaseline, secrets: readonly string[]): string[] {
  const { newlyGreen, redOnBase, redOnBaseCount, exitCode, flaky } = baseline;
  const list = (names: readonly string[], count = names.length): string => {
    const shown = names.slice(0, MOST_NAMES).map((name) => inertCode(clean(secrets, name, 120), 120));
    return [...shown, ...(count > shown.length ? [`${count - shown.length} more`] : [])].join(", ");
  };
  const red = redOnBaseCount ?? 0;
  const tests = (count: number) => (count === 1 ? "1 test" : `${count} tests`);
  return [
    ...(newlyGreen.length === 0
      ? []
      : [`- Red before and green now, as the job that made the patch reports it: ${list(newlyGreen)}.`]),
    ...(red === 0
      ? []
      : [`- ⚠️ ${tests(red)} red before this change and still red: ${list(redOnBase, red)}.`]),
    ...(redOnBaseCount === null && exitCode !== 0 && exitCode !== null
      ? ["- ⚠️ The test command failed before this change, too, and does not name its tests."]
      : []),
    ...(flaky.length === 0 ? [] : [`- ⚠️ Red, and green when run once more: ${list(flaky)}.`]),
  ];
}

const MOST_CHECKS = 20;

/** Who made the patch, with what, by which plan and at which cost: what a reviewer seldom needs. Pure. */
export function resultDetails({ result }: Reported, secrets: readonly string[]): string[] {
  if (result === undefined) return [];
  const { plan, agent, recipe, checks, sandbox } = result;
  const cell = (text: string): string => inertCode(clean(secrets, text, 120), 120);
  const by = [agent, recipe].flatMap((name) => (name === undefined ? [] : [cell(name)]));
  return [
    `- Made by ${by.length > 0 ? by.join(", ") : "an agent"}: ${budgetLine(result)}`,
    ...(sandbox === undefined
      ? []
      : [
          `- Sandbox of agent and tests, as the job \`work\` reports it: ${SANDBOX_TITLES.get(sandbox) ?? "one that is not known here"}`,
        ]),
    ...checks
      .slice(-MOST_CHECKS)
      .map(({ command, outcome, seconds }) => `- ${cell(command)} ${outcome}, ${describeSeconds(seconds)}`),
    "",
    ...(plan === undefined ? [] : ["The agent's plan:", "", quote(plan.text, 4_000, secrets), ""]),
  ];
}
