import { expect, test } from "vitest";
import { bubblewrapArguments, holderArguments } from "./bubblewrap.ts";
import type { Shown } from "./read-shown.ts";

const SHOWN: Shown = {
  folders: ["/usr", "/opt"],
  links: [["usr/bin", "/bin"]],
  hidden: ["/opt/runner"],
  tools: ["/opt/runner/externals/node"],
  git: "folder",
};
const FOLDERS = {
  workspace: "/opt/runner/_work/shop",
  task: "/t/task",
  home: "/t/home",
  temporary: "/t/tmp",
  programs: ["/t/programs"],
  gitConfig: "/t/vault/config",
};
const argumentsOf = (changes: Partial<Shown> = {}) =>
  bubblewrapArguments({ ...SHOWN, ...changes }, FOLDERS).join(" ");

test("checkout, home and temporary folder are all that can be written to on the disk", () => {
  expect([...argumentsOf().matchAll(/ --bind (\S+) (\S+)/g)].map(([, from, to]) => [from, to])).toEqual(
    [FOLDERS.home, FOLDERS.temporary, FOLDERS.workspace].map((folder) => [folder, folder]),
  );
});

test("the folder of the runner is hidden before what is needed of it is shown", () => {
  const said = argumentsOf();
  const at = (part: string) => said.indexOf(part);
  expect(at("--ro-bind /opt /opt")).toBeLessThan(at("--tmpfs /opt/runner"));
  expect(at("--tmpfs /opt/runner")).toBeLessThan(at("--ro-bind /opt/runner/externals/node"));
  expect(at("--tmpfs /opt/runner")).toBeLessThan(at("--bind /opt/runner/_work/shop"));
});

test("git can be read with a configuration of ours, and not be written to", () => {
  expect(argumentsOf()).toContain(
    "--bind /opt/runner/_work/shop /opt/runner/_work/shop --ro-bind /opt/runner/_work/shop/.git /opt/runner/_work/shop/.git --ro-bind /t/vault/config /opt/runner/_work/shop/.git/config --remount-ro /",
  );
});

test("what holds a network sees its own folder, and makes no second namespace of users for /dev", () => {
  const said = holderArguments(SHOWN, { ...FOLDERS, workspace: "/tmp/network" }).join(" ");
  expect(said).toContain("--unshare-net");
  expect([...said.matchAll(/ --bind (\S+)/g)].map(([, path]) => path)).toEqual(["/tmp/network"]);
  expect(said).not.toMatch(/--dev |--proc |--unshare-pid/);
});

test("a pointer to another git folder stays what it is", () => {
  expect(argumentsOf({ git: "file" })).toContain(
    "--ro-bind /opt/runner/_work/shop/.git /opt/runner/_work/shop/.git --remount-ro /",
  );
});
