import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import { beforeEach, expect, test } from "vitest";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { findProgramFolders } from "./find-program-folders.ts";

let home: string;
beforeEach(() => {
  home = makeScratchFolder();
  for (const folder of ["bin", "share"]) mkdirSync(join(home, folder));
  writeFileSync(join(home, "share", "claude-2"), "");
  symlinkSync(join(home, "share", "claude-2"), join(home, "bin", "claude"));
  writeFileSync(join(home, "codex"), "");
});

const shownFor = (path: string, sandbox: Sandbox["name"] = "wall") =>
  findProgramFolders({ agent: "claude-code", "agent-path": path }, { programs: "/scratch" }, sandbox, {
    machine: { HOME: home, PATH: `/usr/bin:${join(home, "bin")}` },
    workspace: join(home, "shop"),
  });

test("a name is looked up behind the wall, and its link is followed", () => {
  expect(shownFor("claude")).toEqual([join(home, "bin"), join(home, "share")]);
});

test("in a container a name is looked up in the image", () => {
  expect(shownFor("claude", "docker")).toEqual([]);
  expect(shownFor("/opt/claude/bin/claude", "docker")).toEqual(["/opt/claude/bin"]);
});

test("a program in the home itself is shown without the home", () => {
  expect(shownFor(join(home, "codex"))).toEqual([join(home, "codex")]);
});

test.each(["wall", "limited-wall", "docker"] as const)(
  "of a program in the checkout no folder is shown that the agent can put a link in the place of: %s",
  (sandbox) => {
    mkdirSync(join(home, "shop/bin"), { recursive: true });
    writeFileSync(join(home, "shop/bin/claude"), "");
    expect(shownFor(join(home, "shop/bin/claude"), sandbox)).toEqual([]);
  },
);
