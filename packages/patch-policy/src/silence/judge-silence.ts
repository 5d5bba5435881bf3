import { POLICY_RULES, type PolicyFinding } from "../rules.ts";
import type { PatchText } from "../text/patched-file.ts";
import { judgeHooks } from "./before-send.ts";
import { judgeBoundaries } from "./boundaries.ts";
import { judgeCaptures } from "./capture-switches.ts";
import { judgeResults } from "./discarded-results.ts";
import { judgeThrows } from "./dropped-throws.ts";
import { judgeDsn } from "./dsn.ts";
import { judgeExpectations } from "./expectations.ts";
import { judgeProcess } from "./process-wide.ts";
import { doesRealWork } from "./real-work.ts";
import { judgeReports } from "./reports.ts";
import { judgeSampling } from "./sampling.ts";
import { judgeSettings } from "./sentry-settings.ts";
import type { SilenceSighting } from "./sighting.ts";
import { judgeChecks } from "./suppressed-checks.ts";
import { judgeHandlers } from "./swallowed-errors.ts";
import { judgeSwitches } from "./switched-off.ts";
import { judgeTests } from "./tests.ts";

/** What was found, and whether the patch does anything else. */
export type Silence = { readonly findings: readonly PolicyFinding[]; readonly onlySilences: boolean };

/** Everything by which a patch could make a failure invisible in place of repairing it. Pure. */
export function judgeSilence(patch: PatchText): Silence {
  const sightings: SilenceSighting[] = [
    ...judgeSettings(patch),
    ...judgeHooks(patch),
    ...judgeDsn(patch),
    ...judgeSampling(patch),
    ...judgeHandlers(patch),
    ...judgeReports(patch),
    ...judgeProcess(patch),
    ...judgeChecks(patch),
    ...judgeTests(patch),
    ...judgeCaptures(patch),
    ...judgeBoundaries(patch),
    ...judgeResults(patch),
    ...judgeThrows(patch),
    ...judgeSwitches(patch),
    ...judgeExpectations(patch),
  ];
  const silences = sightings.some(({ rule }) => POLICY_RULES[rule].grade === "silence");
  return {
    findings: sightings.map(({ explains: _, ...found }) => found),
    onlySilences: silences && !doesRealWork(patch, sightings),
  };
}
