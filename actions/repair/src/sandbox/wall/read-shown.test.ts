import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import { expect, test } from "vitest";
import { readShown } from "./read-shown.ts";

/** A machine with these folders; those of the job are made as well. */
function makeMachine(...folders: string[]) {
  const root = makeScratchFolder();
  const at = (path: string) => join(root, path);
  for (const folder of ["home", "work/shop", "work/_temp", ...folders])
    mkdirSync(at(folder), { recursive: true });
  const place = { home: at("home"), workspace: at("work/shop"), temporaryFolder: at("work/_temp") };
  const toolsFor = (variables: Readonly<Record<string, string>>) =>
    readShown({ HOME: at("home"), ...variables }, place, process.execPath).tools;
  return { at, toolsFor };
}

test("homes of toolchains are shown, wherever they lie", () => {
  const { at, toolsFor } = makeMachine("home/.rustup/toolchains", "sdk");
  const tools = toolsFor({ ANDROID_HOME: at("sdk") });
  expect(tools).toEqual(expect.arrayContaining([at("home/.rustup"), at("sdk")]));
});

test("of a program that a variable names, its folder is shown", () => {
  const { at, toolsFor } = makeMachine("chrome");
  writeFileSync(at("chrome/chrome"), "");
  expect(toolsFor({ CHROME_BIN: at("chrome/chrome") })).toContain(at("chrome"));
});

test.each(["home", "work", "work/shop", "work/_temp", ""])(
  "a variable that names `%s` shows nothing of it",
  (folder) => {
    const { at, toolsFor } = makeMachine();
    expect(toolsFor({ JAVA_HOME: at(folder) })).not.toContain(at(folder).replace(/\/$/, ""));
  },
);

test("a tool in another one's folder is shown with it, and where it leads elsewhere, that too", () => {
  const { at, toolsFor } = makeMachine("home/.sdkman/java", "jdk/bin");
  symlinkSync(at("jdk"), at("home/.sdkman/java/current"));
  const tools = toolsFor({ PATH: at("home/.sdkman/java/current/bin") });
  expect(tools).toEqual(expect.arrayContaining([at("home/.sdkman"), at("jdk")]));
  expect(tools).not.toContain(at("home/.sdkman/java/current"));
});

test("nothing of the checkout is a tool, as a command can put a link in its place", () => {
  const { at, toolsFor } = makeMachine("work/shop/.venv/bin", "work/shop/sdk");
  const tools = toolsFor({ PATH: at("work/shop/.venv/bin"), ANDROID_HOME: at("work/shop/sdk") });
  expect(tools.filter((path) => path.startsWith(at("work/shop")))).toEqual([]);
});

test("nor is it one by another path to the checkout", () => {
  const { at, toolsFor } = makeMachine("work/shop/.venv/bin");
  symlinkSync(at("work"), at("link"));
  const tools = toolsFor({ PATH: at("link/shop/.venv/bin") });
  expect(tools.filter((path) => path.startsWith(at("link")))).toEqual([]);
});
