import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256Of } from "../step/task.ts";
import { type Checkout, type Files, writeFiles } from "./checkout.ts";

/**
 * Writes the patch from a checkout's base to these files. @returns the inputs that name it
 * @param spoil changes its bytes after the checksum is taken
 */
export function makePatchFile(
  { git, workspace, root }: Checkout,
  after: Files,
  spoil: (patch: Buffer) => Buffer = (bytes) => bytes,
): { readonly patch: string; readonly "patch-sha256": string } {
  git(["rm", "-r", "--quiet", "."]);
  writeFiles(workspace, after);
  git(["add", "--all", "--force"]);
  const bytes = Buffer.from(git(["diff", "--cached", "--binary", "--full-index", "--no-renames"]));
  git(["reset", "--quiet", "--hard"]);
  const path = join(root, "change.patch");
  writeFileSync(path, spoil(bytes));
  return { patch: path, "patch-sha256": sha256Of(bytes) };
}
