export { decideNotice, listOutdated, type NoticeFacts } from "./decide-notice.ts";
export { decideTurn, MATTERS, type Matter, type Turn, type Whose } from "./decide-turn.ts";
export { noticeText } from "./notice-text.ts";
