import type { Interruption } from "../process/run-process.ts";
import type { Journal, RepairEnding } from "../step/journal.ts";
import { describeUntested, type ProjectChecks } from "../step/read-project-checks.ts";
import type { ProjectCheck } from "../step/run-check.ts";
import { endAs, type RepairStep } from "../step/step.ts";
import type { ComparedTests } from "./baseline.ts";
import { judgeRequired } from "./prove-patch.ts";

/**
 * The ending where a command of the project is not green.
 * @param options `isOwn`: the patch has a say in what is installed, so a red setup may be its own
 */
export function endRed(
  { name, command }: ProjectCheck,
  interrupted: Interruption | undefined,
  { isOwn, sentence }: { readonly isOwn: boolean; readonly sentence?: string | undefined },
): RepairEnding {
  if (interrupted === "time")
    return endAs("failed", "The step timed out (`step-timeout-minutes`) before the tests had ended.", {
      cause: "tests",
    });
  if (interrupted === "cancelled")
    return endAs("failed", "The job was cancelled before the tests had ended.", { cause: "infrastructure" });
  if (name === "setup")
    return endAs("failed", `The setup command failed: ${command}.`, { cause: isOwn ? "agent" : "setup" });
  const red = [`The tests are red: ${command}.`, sentence ?? []].flat().join(" ");
  return endAs("failed", red, { cause: "tests" });
}

/** @param judged all tests together; undefined where there is no test command */
export function judgeGreen(
  { inputs, journal }: RepairStep,
  project: ProjectChecks,
  judged: ComparedTests | undefined,
): RepairEnding {
  const untested = describeUntested(project);
  const { proof, changesTests } = journal.facts;
  const verified = judged?.isTested === true && untested === undefined && changesTests.length === 0;
  journal.learn({ verified });
  const lacking = judgeRequired(inputs["require-proof"], proof);
  if (lacking !== undefined) return lacking;
  if (judged === undefined) {
    journal.note(
      "Unverified: there is no test command, and the base commit does not say one. Name it in `test-command`.",
    );
    return endAs("patch", "Unverified: the patch applies, and there is no command that tests it.");
  }
  noteFlaky(journal);
  if (untested !== undefined) journal.note(untested);
  const sentences = [
    ...(judged.sentence === undefined ? [] : [`${verified ? "" : "Unverified. "}${judged.sentence}`]),
    ...(untested === undefined ? [] : [describeGap(judged, untested)]),
  ];
  if (sentences.length > 0) return endAs("patch", sentences.join(" "));
  return endAs(
    "patch",
    verified
      ? `The tests are green on a fresh checkout.${proof === undefined ? "" : ` Proof: ${proof.level}. ${proof.reason}`}`
      : "The base commit's tests are green on a fresh checkout, but the patch changes how it is tested: this does not count as verified.",
  );
}

const describeGap = ({ sentence }: ComparedTests, untested: string): string =>
  sentence === undefined
    ? `The tests are green on a fresh checkout, but they do not run everything that the patch changes: ${untested}`
    : `The tests do not run everything that the patch changes: ${untested}`;

function noteFlaky(journal: Journal): void {
  const { baseline } = journal.facts;
  if (baseline === undefined) return;
  const { flaky, vanished, vanishedCount } = baseline;
  if (baseline.flakyCommand)
    journal.note("Flaky: the test command was red on the patch, and green when it ran once more.");
  if (flaky.length > 0)
    journal.note(`Flaky: red on the patch, and green when run once more: ${flaky.join(", ")}.`);
  if (vanishedCount > 0)
    journal.note(
      `Run on the base and not on the patch: ${vanished.slice(0, 5).join(", ")} (${vanishedCount} in all).`,
    );
}
