export { decideNotice, listOutdated, type NoticeFacts } from "./decide-notice.ts";
export { decideTurn, MATTERS, type Matter, type Turn, type Whose } from "./decide-turn.ts";
export { readFrozen } from "./frozen.ts";
export { noticeText } from "./notice-text.ts";
export { statusText } from "./status-text.ts";
export { attemptText } from "./words/attempt-comment.ts";
export { ATTEMPT_REASONS } from "./words/attempt-reasons.ts";
export { foldRecord } from "./words/fold.ts";
export { adviseNeed } from "./words/needs.ts";
