/** Everything that a `contract.ts` needs: pure data, nothing of the runner. */
export * from "./common.ts";
export * from "./contract.ts";
export * from "./input-meta.ts";
export * from "./inputs.ts";
export * from "./notices.ts";
export { givenInputs, inputVariable, parseInputs } from "./read-inputs.ts";
export { type SummaryTable, writeSummary } from "./summary.ts";
