import { expect, test } from "vitest";
import { bubblewrapArguments, holderArguments } from "./bubblewrap.ts";
import type { Shown } from "./read-shown.ts";

const SHOWN: Shown = {
  folders: ["/usr", "/opt"],
  links: [["usr/bin", "/bin"]],
  hidden: ["/opt/runner"],
  tools: ["/opt/runner/externals/node"],
  git: "folder",
  modules: ["lib/a"],
};
const FOLDERS = {
  workspace: "/opt/runner/_work/shop",
  task: "/t/task",
  home: "/t/home",
  temporary: "/t/tmp",
  programs: ["/t/programs"],
  git: "/t/git/agent",
  objects: "/t/vault/objects",
};
const argumentsOf = (changes: Partial<Shown> = {}) =>
  bubblewrapArguments({ ...SHOWN, ...changes }, FOLDERS).join(" ");

test("checkout, home, temporary folder and its own git folder are all that can be written to on the disk", () => {
  expect([...argumentsOf().matchAll(/ --bind (\S+) (\S+)/g)].map(([, from, to]) => [from, to])).toEqual([
    ...[FOLDERS.home, FOLDERS.temporary, FOLDERS.workspace].map((folder) => [folder, folder]),
    [FOLDERS.git, `${FOLDERS.workspace}/.git`],
  ]);
});

test("the folder of the runner is hidden before what is needed of it is shown", () => {
  const said = argumentsOf();
  const at = (part: string) => said.indexOf(part);
  expect(at("--ro-bind /opt /opt")).toBeLessThan(at("--tmpfs /opt/runner"));
  expect(at("--tmpfs /opt/runner")).toBeLessThan(at("--ro-bind /opt/runner/externals/node"));
  expect(at("--tmpfs /opt/runner")).toBeLessThan(at("--bind /opt/runner/_work/shop"));
});

test("git has its own folder, and borrows objects from places that commands cannot move", () => {
  expect(argumentsOf()).toContain(
    "--ro-bind /t/vault/objects /patchpilot-git/objects --perms 0755 --dir /patchpilot-git --perms 0755 --dir /patchpilot-git/modules --perms 0755 --dir /patchpilot-git/modules/lib --perms 0755 --dir /patchpilot-git/modules/lib/a --ro-bind /opt/runner/_work/shop/.git/modules/lib/a/objects /patchpilot-git/modules/lib/a/objects --bind /t/git/agent /opt/runner/_work/shop/.git --remount-ro /",
  );
});

test("what holds a network sees its own folder, and makes no second namespace of users for /dev", () => {
  const said = holderArguments(SHOWN, { ...FOLDERS, workspace: "/tmp/network" }).join(" ");
  expect(said).toContain("--unshare-net");
  expect([...said.matchAll(/ --bind (\S+)/g)].map(([, path]) => path)).toEqual(["/tmp/network"]);
  expect(said).not.toMatch(/--dev |--proc |--unshare-pid/);
});

test("a pointer to another git folder leads to its own", () => {
  expect(argumentsOf({ git: "file", modules: [] })).toContain(
    "--bind /t/git/agent /patchpilot-git/own --ro-bind /t/git/pointer /opt/runner/_work/shop/.git --remount-ro /",
  );
});
