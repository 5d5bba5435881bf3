export { judgeFileKind } from "./file-kinds.ts";
export { pickLanguage } from "./languages.ts";
export { mask } from "./mask.ts";
