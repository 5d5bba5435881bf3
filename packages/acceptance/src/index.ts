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
export { composeComment, joinFilled, listPart, SINCE_ACCEPTANCE } from "./words.ts";
