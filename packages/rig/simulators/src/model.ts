export type { Deed, ModelStep } from "./model/script.ts";
export { createScriptedModel, type ScriptedModel } from "./model/simulator.ts";
