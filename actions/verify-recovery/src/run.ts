import { namesNoIssues, readOnlyReason } from "@patchpilot/action-kit/contract";
import { omitUndefined } from "@patchpilot/optional";
import { SECOND } from "@patchpilot/time";
import type { VerifyInputs } from "./contract.ts";
import { decideRecovery } from "./decide.ts";
import { makeRecoveryRecord } from "./decide-record.ts";
import type { VerifySettings } from "./facts.ts";
import type { VerifyPorts } from "./ports.ts";
import type { DecidedCase } from "./questions/case.ts";
import type { Dossier, Troubles } from "./questions/reading.ts";
import { gatherFacts } from "./read-facts.ts";
import { NOTHING_WRITTEN, reportNoIssues, reportRecoveries, type VerifyResult } from "./report.ts";
import { describeDecision } from "./words-decision.ts";
import { describeElsewhere, describeIdle, findMissingNotices } from "./words-notices.ts";

/** Looks at every incident whose fix may be live: reads, decides, applies. */
export async function run(inputs: VerifyInputs, ports: VerifyPorts): Promise<VerifyResult> {
  if (namesNoIssues(inputs)) return reportNoIssues();
  const settings = omitUndefined({
    allow: inputs.allow,
    minDeployAgeMs: inputs["min-deploy-age-seconds"] * SECOND,
    capHours: inputs["cap-hours"],
  });
  const troubles: Troubles = { lines: [], refused: [] };

  const { now, cases, elsewhere = [], absences, troubles: unread = [] } = await ports.readCases();
  troubles.lines.push(...unread);
  const gathered = await gatherFacts(cases, ports, troubles, {
    now,
    settings,
    maxAttempts: inputs["max-attempts"],
    exposure: inputs.exposure,
    oldClients: inputs["old-clients"],
  });

  const all = gathered.map((entry) => decideCase(entry, now, settings, inputs.notify));
  const decided = all.filter(({ decision }) => decision.decision !== "skip");

  const reason = readOnlyReason(inputs);
  const written = reason === undefined ? await ports.apply(decided) : NOTHING_WRITTEN;
  const notices = [
    ...(reason ? [reason] : []),
    ...findMissingNotices(inputs),
    ...elsewhere.map((other) => describeElsewhere(other, inputs)),
    ...(absences ?? []),
  ];
  const idle = describeIdle(all, absences !== undefined);
  return reportRecoveries(decided, troubles, written, { notices, idle });
}

function decideCase(
  { case: subject, facts }: Dossier,
  now: number,
  settings: VerifySettings,
  notify: readonly string[],
): DecidedCase {
  const decision = decideRecovery(facts, now, settings);
  const data = makeRecoveryRecord(subject, decision, now);
  const record = data === null ? null : { text: describeDecision(decision, notify), data };
  return { case: subject, decision, record };
}
