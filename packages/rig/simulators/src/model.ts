export type { ModelStep } from "./model/script.ts";
export { createScriptedModel, type ScriptedModel } from "./model/simulator.ts";
