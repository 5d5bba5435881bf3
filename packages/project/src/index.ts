export { findCommands, PROJECT_FILES, type ProjectCommands, type ReadBaseFile } from "./find-commands.ts";
export { mayRunTests } from "./named-scripts.ts";
export { spellOutProject } from "./spell-out-project.ts";
export { type ChangedFile, type TestRole, testRoleOf } from "./test-role.ts";
