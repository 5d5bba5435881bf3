export { readAbsences } from "./absences.ts";
export {
  type AccountEntry,
  type AccountIndex,
  type AccountWalk,
  readAccount,
  type SentrySight,
  writeAccount,
} from "./account-index.ts";
export { type AppliedChange, applyChanges } from "./apply-changes.ts";
export { askIncidents, type IncidentAnswer } from "./ask-incidents.ts";
export { type Belief, makeBelief } from "./belief.ts";
export {
  type Claim,
  type ClaimResult,
  type ClaimWrite,
  firstClaimRefs,
  readClaims,
  writeClaims,
} from "./claims.ts";
export { ensureOwnLabels } from "./ensure-labels.ts";
export { accountRef, claimRef, type FactBase, isRace, REF_NAMESPACE, spendRef } from "./fact-commits.ts";
export { type Gate, type GateResult, type GateWrite, readGates, writeGates } from "./gates.ts";
export { findHiddenLine, type RecordWrite, recordBody, recordText } from "./hidden-line.ts";
export { chooseTurn } from "./in-turn.ts";
export type { IncidentChange } from "./incident-change.ts";
export {
  findIndexed,
  type IncidentDraft,
  openIncidents,
} from "./incident-index.ts";
export { type IssueState, readIssueState } from "./issue-state.ts";
export { leaveIncident } from "./leave-incident.ts";
export type { Telling } from "./notices.ts";
export { explainOlder, knownSequences } from "./older-records.ts";
export {
  type GateRun,
  passGate,
  viewGate,
} from "./pass-gate.ts";
export {
  type Ledger,
  readIncidents,
  type Wanted,
} from "./read-incidents.ts";
export { readRecords } from "./read-records.ts";
export {
  type KeptSchedule,
  readScheduleNote,
  type ScheduleNote,
  writeScheduleNote,
} from "./schedule-note.ts";
export {
  changeSpendBook,
  nameMonth,
  nameSpend,
  readSpendBook,
  type SpendBook,
  type SpendEntries,
  type SpendResult,
  toSpendBook,
  writeSpendBook,
} from "./spend-book.ts";
export { changeWatched, type WatchedEntry, type WatchIndex, writeWatchIndex } from "./watch-index.ts";
