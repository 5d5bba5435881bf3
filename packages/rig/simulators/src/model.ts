export type { Deed, ModelRequest, ModelStep } from "./model/script.ts";
export { createScriptedModel, type ScriptedModel, type ScriptedModelOptions } from "./model/simulator.ts";
