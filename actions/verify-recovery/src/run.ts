import { namesNoIssues, readOnlyReason } from "@patchpilot/action-kit/contract";
import { omitUndefined } from "@patchpilot/optional";
import { SECOND } from "@patchpilot/time";
import type { VerifyInputs } from "./contract.ts";
import { decideRecovery } from "./decide.ts";
import type { IncidentCost } from "./decide-cost.ts";
import { learnFrom } from "./decide-lesson.ts";
import { makeRecoveryRecord } from "./decide-record.ts";
import type { VerifyDecision } from "./facts.ts";
import type { VerifyPorts } from "./ports.ts";
import type { DecidedCase, FixedFile, VerifyCase } from "./questions/case.ts";
import type { Troubles } from "./questions/reading.ts";
import { readMergedChanges } from "./read-changes.ts";
import { readCosts } from "./read-cost.ts";
import { gatherFacts } from "./read-facts.ts";
import { NOTHING_WRITTEN, reportNoIssues, reportRecoveries, type VerifyResult } from "./report.ts";
import { describeCost, describeKnownCost } from "./words-cost.ts";
import { describeDecision } from "./words-decision.ts";
import { describeLesson } from "./words-lesson.ts";
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

  const decisions = gathered.map(({ case: subject, facts, seen }) => ({
    case: subject,
    ...omitUndefined({ seen }),
    decision: decideRecovery(facts, now, settings),
  }));
  const closings = {
    costs: await readCosts(decisions, ports, troubles),
    changes: await readMergedChanges(decisions, ports),
    secrets: ports.secrets,
  };
  const all = decisions.map((entry) => recordDecision(entry, now, closings));
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

/** What is said at a close beside the decision. */
type Closings = {
  readonly costs: ReadonlyMap<number, IncidentCost>;
  readonly changes: ReadonlyMap<number, readonly FixedFile[]>;
  readonly secrets: readonly string[];
};

function recordDecision(
  entry: Omit<DecidedCase, "record">,
  now: number,
  { costs, changes, secrets }: Closings,
): DecidedCase {
  const { case: subject, decision } = entry;
  const made = makeRecoveryRecord(subject, decision, now);
  if (made === null) return { ...entry, record: null };
  const { issue } = subject;
  const { lesson: written, ...rest } = made;
  const lesson =
    decision.decision === "close"
      ? learnFrom(subject, decision, rest, changes.get(issue) ?? [], secrets)
      : written;
  const data = lesson === undefined ? rest : { ...rest, lesson };
  const others = [chooseCostText(subject, decision, costs.get(issue)), lesson && describeLesson(lesson)];
  const text = describeDecision(
    decision,
    others.filter((part) => part !== undefined),
  );
  return { ...entry, record: { text, data } };
}

/** The cost is given at the close; a later look leaves it as it is. */
function chooseCostText(
  { impact, cost: written }: VerifyCase,
  { decision }: VerifyDecision,
  cost: IncidentCost | undefined,
): string | undefined {
  if (decision !== "close") return written;
  return cost === undefined ? impact && describeKnownCost(impact) : describeCost(cost);
}
