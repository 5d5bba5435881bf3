export {
  findProjectCommands,
  PROJECT_FILES,
  type ProjectCommands,
  type ReadBaseFile,
} from "./find-commands.ts";
export { mayRunTests } from "./named-scripts.ts";
export { spellOutProject } from "./spell-out-project.ts";
export { type ChangedFile, judgeTestRole, type TestRole } from "./test-role.ts";
export { findToolLeftovers, findToolPlace, type LeftoverFacts } from "./tool-leftovers.ts";
