export {
  acceptEach,
  acceptWith,
  fitRecord,
  hashBody,
  ifUnchanged,
  leanRecords,
  takeOpened,
} from "./accept.ts";
export { askHistories } from "./ask-histories.ts";
export { connectCode, connectStore, ISSUES_A_REQUEST } from "./connect.ts";
export type { AcceptanceStore, CodeReader, HistoryQuestion, OpenedIncident } from "./ports.ts";
export { findFailed, problemLines } from "./report.ts";
export {
  cleaningNote,
  commitLines,
  factsPart,
  joinFilled,
  joinParts,
  listPart,
  SINCE_ACCEPTANCE,
  scoresPart,
} from "./words.ts";
