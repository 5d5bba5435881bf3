export { type BaseFiles, openBaseFiles } from "./base-files.ts";
export { type ChosenParts, chooseParts } from "./choose-parts.ts";
export { isDecided } from "./ci/join-ci-tests.ts";
export { splitCommands } from "./ci/read-script.ts";
export { mayRunTests } from "./named-scripts.ts";
export type { NeededTool, Part } from "./part.ts";
export {
  type NamedCommands,
  type ProjectModel,
  readProjectModel,
  readProjectParts,
} from "./project-model.ts";
export { type PlacedCommand, spellOutProject } from "./spell-out-project.ts";
export { type ChangedFile, judgeTestRole, type TestRole } from "./test-role.ts";
export { findToolLeftovers, findToolPlace, type LeftoverFacts } from "./tool-leftovers.ts";
export type { Toolchain } from "./toolchains.ts";
export { placeCommand, type WrittenSetup, writeSetup } from "./write-setup.ts";
