import { git } from "@patchpilot/git";

/** Why a checkout cannot be released, as a sentence; undefined if it can. */
export async function refuseCheckout(
  folder: string,
  path = process.env["PATH"] ?? "",
): Promise<string | undefined> {
  const ask = async (args: readonly string[]): Promise<string> =>
    (await git({ cwd: folder, path }, args)).toString("utf8").trimEnd();
  const [change] = (await ask(["status", "--porcelain", "--untracked-files=all"])).split("\n");
  if (change)
    return `The checkout holds changes that are in no commit (${change.trim()}). A release is made from a commit: commit them or take them back.`;
  if ((await ask(["rev-parse", "--is-shallow-repository"])) === "true")
    return "The checkout is shallow, and a release needs the history. Run `git fetch --unshallow`.";
  return undefined;
}
