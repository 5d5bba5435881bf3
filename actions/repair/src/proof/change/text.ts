export { judgeFileKind } from "../../../../propose/src/patch/text/file-kinds.ts";
export { type Language, pickLanguage } from "../../../../propose/src/patch/text/languages.ts";
export { mask } from "../../../../propose/src/patch/text/mask.ts";
