import { inlineCode, isOwnFrame, type Thrown } from "@patchpilot/evidence";
import type { Records } from "@patchpilot/incident";
import type { IntakeInputs } from "../contract.ts";
import type { IntakeAssessment } from "../decide/assess.ts";
import type { Category } from "../decide/categorise.ts";
import { findCategory, hasStack } from "../decide/category.ts";
import { readChain } from "../decide/chain.ts";
import { type Candidate, findEnvironment } from "../facts.ts";

/** What is not known of an accepted candidate, each with what the reader can do about it. Pure. */
export function findGaps(candidate: Candidate, assessment: IntakeAssessment, inputs: IntakeInputs): string[] {
  const { view } = candidate;
  const gaps: string[] = [];
  const add = (missing: string, remedy: string): void => {
    gaps.push(`${missing} ${remedy}`);
  };
  for (const what of assessment.unread)
    add(`${what}.`, "The log of this run says why. The evidence is kept without it, so look there yourself.");
  if (candidate.request !== undefined) {
    add(
      "Nothing about it can be measured: once its pull request is merged and live, it is closed as done, not as recovered.",
      "Say in the review whether it does what was asked for.",
    );
    return gaps;
  }
  if (view.state === "absent" && !inputs["sentry-token"])
    add(
      "Sentry was not asked: the environment is unknown and the confidence low.",
      "Pass `sentry-token` (scopes `event:read`, `org:read`, `project:read`) and `sentry-org` to intake; or set the label `patchpilot:take-on` to vouch for this issue.",
    );
  if (view.state === "failed")
    add(
      "Sentry could not answer: the environment is unknown and the confidence low.",
      "The next run of intake asks again.",
    );
  if (view.state === "read") addSentryGaps(candidate, inputs, add);
  const disbelief = disbeliefNote(candidate.incident.records);
  if (disbelief !== null) gaps.push(disbelief);
  if (assessment.suspects.length === 0 && assessment.isListed) addUnplaced(candidate, add);
  return gaps;
}

type Add = (missing: string, remedy: string) => void;

/** Of downtime, feedback and the like nobody expects a file. */
function addUnplaced(candidate: Candidate, add: Add): void {
  const { category } = findCategory(candidate);
  if (hasStack(category))
    addUnplacedStack(
      readChain(candidate).flatMap(({ frames }) => frames),
      add,
    );
  if (category === "performance" || category === "vulnerability")
    add(
      "Neither the spans nor their names lead to a file of this repository.",
      "Newer Sentry SDKs say in which file a slow query or request begins: update yours, and turn that on.",
    );
}

/** Each remedy has its cause: source maps give no stack to a message, and no file to a library. */
function addUnplacedStack(frames: Thrown["frames"], add: Add): void {
  if (frames.length === 0)
    add(
      "There is no stack trace, so no file can be suspected.",
      "Report an error object rather than a text, or set `attachStacktrace` (in Python and PHP `attach_stacktrace`) when you initialise Sentry.",
    );
  else if (!frames.some(isOwnFrame))
    add(
      "No frame of the stack is of the application's own code.",
      "Look for what the application passes to these libraries; if its frames are marked wrongly, correct the stack trace rules of the project in Sentry.",
    );
  else
    add(
      "No frame of the stack leads to a file of this repository.",
      "Upload source maps to Sentry, or check that this is the repository that the code comes from.",
    );
}

/** Where a report gets its environment from: an SDK, a monitor, the address in a policy. */
function adviseOnEnvironment(category: Category): string {
  if (category === "uptime" || category === "cron") return "Set the environment of the monitor in Sentry.";
  return category === "security"
    ? "Add `&sentry_environment=<name>` to the address in the policy's `report-uri`."
    : "Set `environment` in `Sentry.init`.";
}

function addSentryGaps(candidate: Candidate, inputs: IntakeInputs, add: Add): void {
  const { view } = candidate;
  if (view.state !== "read") return;
  const { category } = findCategory(candidate);
  const { event } = view;
  if (event === null) {
    add("Sentry no longer has an event of this issue.", "Nothing can be done but wait for the next one.");
    return;
  }
  if (findEnvironment(event) === null)
    add(
      `The event names no environment, so it may not be from ${inlineCode(inputs.environment)}.`,
      adviseOnEnvironment(category),
    );
  if (event.release === null && (hasStack(category) || category === "performance"))
    add(
      "The event names no release, so no commit can be suspected.",
      "Set `release` in `Sentry.init`, or let the bundler plug-in do it.",
    );
  if (event.processingErrors.some((error) => error.startsWith("js_")))
    add("Sentry could not apply source maps.", "Upload them with the release.");
}

/** Says that a comment looks like a record and is not believed, why, and what to do; null where there is none. */
export function disbeliefNote({ rejected }: Pick<Records, "rejected">): string | null {
  const reasons = [...new Set(rejected.map(({ reason }) => reason))].toSorted();
  if (reasons.length === 0) return null;
  return `A comment here looks like a record of PatchPilot and is not trusted: ${reasons.join("; ")}. If the key was changed, pass both keys in \`state-key\`. If not, hide that comment.`;
}
