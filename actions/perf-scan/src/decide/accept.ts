import { acceptWith, fitRecord, hashBody, leanRecords } from "@patchpilot/acceptance";
import { hashEvidence, packetText } from "@patchpilot/evidence";
import type { Incident, IncidentRecord, PerformanceFacts } from "@patchpilot/incident";
import type { IncidentChange } from "@patchpilot/ledger";
import { omitUndefined } from "@patchpilot/optional";
import type { PerfScanInputs } from "../contract.ts";
import type { Bottleneck } from "../facts.ts";
import { slownessComment } from "../words/comment.ts";
import type { SlownessAssessment } from "./assess.ts";

/** Characters of a name in a record that would outgrow its limit else; one has up to four bytes. */
const MOST_CUT = 60;

/** What accepting a bottleneck changes. Pure. */
export function acceptBottleneck(
  { finding, incident }: { readonly finding: Bottleneck; readonly incident: Incident },
  assessment: SlownessAssessment,
  inputs: PerfScanInputs,
  about: { readonly now: Date; readonly gaps: readonly string[] },
): IncidentChange {
  const episode = incident.episode + 1;
  const text = slownessComment(finding, assessment, inputs, { episode, gaps: about.gaps });
  const { title, severity, confidence, facts, clues, packet, signature } = assessment;
  const at = about.now.toISOString();
  const record: IncidentRecord = {
    phase: "accepted",
    phaseAt: at,
    reason: episode > 1 ? "it is slow again after it was closed" : "a scan found it",
    key: finding.key,
    kind: "performance",
    fingerprint: finding.key.slice(-32),
    title,
    severity: severity.value,
    confidence: confidence.value,
    environment: inputs.environment,
    episode,
    acceptedAt: at,
    firstSeen: facts.breakpoint ?? facts.window.from,
    ...omitUndefined({ release: facts.release }),
    performance: facts,
    suspectFiles: clues.suspects.map(({ file }) => file).filter((file) => file.length <= 200),
    ...omitUndefined({ suspectAuthor: clues.commits[0]?.author }),
    similar: [],
    bodyHash: hashBody(incident.body),
    bodyEdited: false,
    signature,
    basis: "service",
    evidenceHash: hashEvidence(packetText(packet)),
  };
  return acceptWith(incident, text, fitRecord([...leanRecords(record), ...leanFacts(record, facts)]));
}

/** The record with less and less in it; last goes what finds the operation again: its search, or its names. */
function leanFacts(record: IncidentRecord, facts: PerformanceFacts): readonly IncidentRecord[] {
  const { release: _r, previousRelease: _p, ...unreleased } = facts;
  const { query, ...unsearched } = unreleased;
  const { release: _v, ...bare } = { ...record, suspectFiles: [], signature: "" };
  const short = { ...bare, title: cut(bare.title) };
  return [
    { ...bare, performance: unreleased },
    ...(query === undefined ? [] : [{ ...short, performance: cutNames(unreleased) }]),
    { ...bare, performance: unsearched },
    { ...short, performance: cutNames(unsearched) },
  ];
}

const cut = (text: string): string => Array.from(text).slice(0, MOST_CUT).join("");

function cutNames<F extends Pick<PerformanceFacts, "operation">>(facts: F): F {
  const { transaction, description } = facts.operation;
  return {
    ...facts,
    operation: { ...facts.operation, transaction: cut(transaction), description: cut(description) },
  };
}
