import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import { describe, expect, test } from "vitest";
import { openWall } from "./open-wall.ts";

type Machine = { readonly installed: boolean; readonly profiles?: boolean; readonly sudo?: boolean };

/**
 * A machine of scripts: a bubblewrap that is refused until it is allowed, and a sudo that notes what it was asked. They
 * show which remedies are tried; that they work on a real machine, they do not show.
 */
function machineOf({ installed, profiles = false, sudo = true }: Machine) {
  const root = makeScratchFolder();
  const bin = join(root, "bin");
  for (const folder of [bin, join(root, "workspace"), join(root, "home")]) mkdirSync(folder);
  const script = (name: string, lines: readonly string[]) =>
    writeFileSync(join(bin, name), ["#!/bin/bash", ...lines, ""].join("\n"), { mode: 0o755 });
  for (const name of ["env", "sh", "mv", "find", "chown"]) symlinkSync(`/usr/bin/${name}`, join(bin, name));
  script("id", ["echo 1001"]);
  script(installed ? "bwrap" : "bwrap.deb", [
    `[ -e '${root}/allowed' ] || { echo 'bwrap: setting up uid map: Permission denied' >&2; exit 1; }`,
    'while [ "$1" != -- ]; do shift; done',
    'shift; exec "$@"',
  ]);
  script("sudo", [
    sudo ? "" : "exit 1",
    'case "$*" in',
    `*apt-get*) echo install >> '${root}/asked'; mv '${bin}/bwrap.deb' '${bin}/bwrap';;`,
    `*apparmor_parser*) echo profile >> '${root}/asked'; ${profiles ? `: > '${root}/allowed'` : "exit 1"};;`,
    `*sysctl*) echo sysctl >> '${root}/asked'; : > '${root}/allowed';;`,
    "esac",
  ]);
  writeFileSync(join(root, "asked"), "");
  return { root, PATH: bin };
}

async function open(machine: Machine, mayChange: boolean, user = "1001:1001") {
  const { root, PATH } = machineOf(machine);
  const [workspace, home] = [join(root, "workspace"), join(root, "home")];
  const ports = {
    machine: { PATH },
    user,
    node: process.execPath,
    workspace,
    temporaryFolder: join(root, "temp"),
  };
  const folders = { workspace, home, temporary: home, task: home, programs: [], git: home, objects: home };
  const answer = await openWall({ ports, folders, mayChange });
  const asked = readFileSync(join(root, "asked"), "utf8").split("\n").filter(Boolean);
  return { fault: "fault" in answer ? answer.fault : undefined, asked, owner: statSync(workspace).uid };
}

describe.skipIf(process.platform !== "linux")("bubblewrap", () => {
  test.each<[string, Machine, string[]]>([
    ["is installed and allowed by its profile", { installed: false, profiles: true }, ["install", "profile"]],
    ["is allowed by the kernel's setting if no profile loads", { installed: true }, ["profile", "sysctl"]],
  ])("%s on a machine that may be changed", async (_, machine, remedies) => {
    await expect(open(machine, true)).resolves.toMatchObject({ fault: undefined, asked: remedies });
  });

  test("that is missing is named, and nothing is changed unasked", async () => {
    const { fault, asked } = await open({ installed: false }, false);
    expect([fault, asked]).toEqual([
      "There is no bubblewrap here. Install bubblewrap (`apt-get install bubblewrap`) on the runner.",
      [],
    ]);
  });

  test.runIf(process.getuid?.() === 0)("that is refused to root leaves the checkout to root", async () => {
    const { fault, owner } = await open({ installed: true }, false, "0:0");
    expect([fault, owner]).toEqual([expect.stringContaining("Permission denied"), 0]);
  });

  test("that is refused is named with its own words where sudo does not help", async () => {
    const { fault } = await open({ installed: true, sudo: false }, true);
    expect(fault).toMatch(
      /^Bubblewrap does not work here \(bwrap: setting up uid map: Permission denied\)\. /,
    );
  });
});
