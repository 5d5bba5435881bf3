import type { GitReply, JobGit } from "@patchpilot/git";
import { expect, test } from "vitest";
import { rememberGit } from "../../worlds/remembered-git.ts";

/** Git that answers with everything that its folder was asked; it remembers nothing else. */
function openSpy() {
  const asked: string[] = [];
  const spy: JobGit = async ({ gitFolder }, args, input): Promise<GitReply> => {
    asked.push(`${gitFolder} ${args.join(" ")}`);
    return { code: 0, output: Buffer.from(`${args.join(" ")} ${input}`), complaint: "" };
  };
  const git = rememberGit(spy);
  const ask = async (folder: string, word: string, input = ""): Promise<string> =>
    (await git({ gitFolder: folder, cwd: folder }, [word], input)).output.toString();
  return { asked, ask };
}

test("the same calls in another folder are answered without git", async () => {
  const { asked, ask } = openSpy();
  for (const folder of ["a", "b"]) {
    expect(await ask(folder, "init")).toBe("init ");
    expect(await ask(folder, "apply", "patch")).toBe("apply patch");
  }
  expect(asked).toEqual(["a init", "a apply"]);
});

test("a new call is played after those that led to it", async () => {
  const { asked, ask } = openSpy();
  await ask("a", "init");
  await ask("b", "init");
  expect(await ask("b", "apply", "other")).toBe("apply other");
  expect(asked).toEqual(["a init", "b init", "b apply"]);
});

test("the same call after another one is a new call", async () => {
  const { asked, ask } = openSpy();
  await ask("a", "diff");
  await ask("a", "diff");
  expect(asked).toEqual(["a diff", "a diff"]);
});
