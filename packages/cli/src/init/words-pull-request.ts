import { HOME } from "@patchpilot/owner";
import type { LoopForm, SetupAnswers, SetupFacts } from "./facts.ts";

export const TITLE = "ci: set up PatchPilot";

/**
 * What the pull request says: what it does, what is left to do, what it costs, and how to undo it.
 * @param left commands, one a line
 * @param checks a table in Markdown
 */
export function describeOnboarding(
  { form, autonomy }: Pick<SetupAnswers, "form" | "autonomy">,
  { visibility, defaultBranch }: SetupFacts,
  left: readonly string[],
  checks: string,
): string {
  return [
    `This adds [PatchPilot](${HOME}): workflows that take a production failure from Sentry's alert to a verified fix. **Merge it to switch it on. Close it to leave everything as it is.**`,
    section("What happens after you merge it", [
      "An issue that Sentry opens here becomes an incident: PatchPilot writes its evidence, severity and suspects as a comment.",
      FAR[autonomy],
      `It acts through labels, comments and refs under \`refs/patchpilot/\`. It never merges, deploys or rolls back.`,
      visibility === "public"
        ? "**This repository is public.** Everyone can read what PatchPilot writes on issues: error texts, file paths and user counts."
        : undefined,
    ]),
    section("What is left for you", [
      ...left.map((command) => `\`${command}\``),
      "In Sentry: an alert that creates a GitHub issue in this repository.",
      `After the merge, *Actions → PatchPilot → Run workflow* on \`${defaultBranch}\`: its summary says what is still wrong, and how to correct it.`,
    ]),
    section(autonomy === "observe" ? "When you want it to repair, too" : "What a repair needs", [
      "*Settings → Actions → General*: tick *Allow GitHub Actions to create and approve pull requests*.",
      "Set the key of a model, such as the secret `ANTHROPIC_API_KEY`.",
      autonomy === "observe" ? "Write `autonomy: draft-pr` in `.github/patchpilot.yml`." : undefined,
    ]),
    section("What it costs", [sayCost(form, visibility)]),
    `## What your account sees of the set-up\n\n${checks}`,
    section("How to stop it", [
      "`gh variable set PATCHPILOT_STOP --body true` makes every run that starts from then on read-only.",
      `[Take it out](${HOME}/blob/v1/docs/setup.md#take-it-out) has the commands that remove it.`,
    ]),
  ].join("\n\n");
}

const FAR = {
  observe:
    "It only observes. No worker starts until you change `autonomy: observe` in `.github/patchpilot.yml`.",
  plan: "The agent writes a plan as a comment, and changes nothing.",
  "draft-pr": "The agent repairs it, and PatchPilot opens a draft pull request, which you merge.",
} as const;

const section = (heading: string, lines: readonly (string | undefined)[]): string =>
  [`## ${heading}`, "", ...lines.flatMap((line) => (line === undefined ? [] : [`- ${line}`]))].join("\n");

function sayCost(form: LoopForm, visibility: string): string {
  if (visibility === "public") return "No Actions minutes: the repository is public.";
  return form === "patchpilot"
    ? "About 1,440 Actions minutes a month on GitHub's runners while nothing happens: two jobs an hour. `patchpilot init --while-open` costs about 63."
    : "About 63 Actions minutes a month on GitHub's runners while nothing happens, and two an hour while an incident is open.";
}
