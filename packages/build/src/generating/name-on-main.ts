import { OWNER } from "@patchpilot/owner";
import { changeOwner, OWNER_ON_MAIN } from "../releasing/trees/references.ts";
import type { GeneratedFile } from "./generated-files.ts";

/**
 * A generated file as main has it. A contract names the owner who publishes; main names the same one in every fork, and
 * a release writes the owner in.
 * @param actions names of all actions
 */
export const nameOnMain = ({ path, text }: GeneratedFile, actions: readonly string[]): GeneratedFile => ({
  path,
  text: changeOwner(text, OWNER, OWNER_ON_MAIN, actions),
});
