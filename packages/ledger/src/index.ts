export { explainAbsence, readAbsences } from "./absences.ts";
export {
  type Applied,
  applyChanges,
  type Change,
  type RecordWrite,
  recordBody,
  storedRecord,
} from "./apply-changes.ts";
export { type Belief, beliefOf } from "./belief.ts";
export {
  type Claim,
  type ClaimResult,
  type ClaimWrite,
  firstClaimRefs,
  readClaims,
  writeClaims,
} from "./claims.ts";
export { ensureLabels } from "./ensure-labels.ts";
export { type Base, claimRef, gateRef, incidentRef, isRace, REF_NAMESPACE } from "./fact-commits.ts";
export { type Gate, type GateResult, type GateWrite, readGates, toGate, writeGates } from "./gates.ts";
export type { Signer } from "./hidden-line.ts";
export {
  findIndexed,
  type IncidentDraft,
  type OpenedIssue,
  type Opener,
  openIncidents,
} from "./incident-index.ts";
export { type IssueState, readIssueState } from "./issue-state.ts";
export {
  type GatePassage,
  type GateRun,
  type GateView,
  passGate,
  viewGate,
} from "./pass-gate.ts";
export {
  type Ledger,
  labelDifference,
  projectedLabels,
  readIncidents,
  type Wanted,
} from "./read-incidents.ts";
export { readRecords } from "./read-records.ts";
export { readWhole } from "./read-whole.ts";
export { toIncident } from "./to-incident.ts";
