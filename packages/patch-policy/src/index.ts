export { type PatchChange, PatchFault, readChanges, readNumstat } from "./changes.ts";
export {
  type BaseEntry,
  judgeBase,
  judgeBytes,
  judgeDigest,
  judgeModes,
  judgePaths,
  judgePlaces,
  type PatchRules,
} from "./judge-patch.ts";
export { type Judgement, judgeText } from "./judge-text.ts";
export { readLimits } from "./limit-inputs.ts";
export { isExplainable, makeFinding, POLICY_RULES, type PolicyFinding, type RuleName } from "./rules.ts";
