export { decideTurn, MATTERS, type Matter, type Turn, type Whose } from "./decide-turn.ts";
export { readFrozen } from "./frozen.ts";
export { statusText } from "./status-text.ts";
export { adviseOn } from "./words/needs.ts";
