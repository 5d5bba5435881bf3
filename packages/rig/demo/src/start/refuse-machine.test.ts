import { expect, test } from "vitest";
import { refuseMachine } from "./refuse-machine.mjs";

const machine = { node: "20.20.2", platform: "linux", cpu: "x64", isMusl: false };

test.each([
  ["Node 20 on Linux", machine],
  ["Node 22 on a Mac", { ...machine, node: "22.23.3", platform: "darwin", cpu: "arm64" }],
  ["Node 24 where no Node can be installed", { ...machine, node: "24.0.0", platform: "win32" }],
  ["a Node that comes after 24", { ...machine, node: "100.1.0", cpu: "riscv64" }],
])("%s may start", (_, right) => {
  expect(refuseMachine(right)).toBe("");
});

test.each([
  [
    "Node 18",
    { ...machine, node: "18.20.8" },
    /needs Node 20 or newer, and this is Node 18\.20\.8\. Install/,
  ],
  ["Node 9", { ...machine, node: "9.0.0" }, /needs Node 20 or newer/],
  ["Node 22 on Windows", { ...machine, node: "22.23.3", platform: "win32" }, /Install Node 24 or newer/],
  ["Node 20 on another processor", { ...machine, cpu: "riscv64" }, /on linux riscv64\. Install Node 24/],
  ["Alpine, whatever its Node", { ...machine, node: "24.21.0", isMusl: true }, /glibc, such as Debian/],
])("%s is refused in one line, with the remedy", (_, wrong, sentence) => {
  expect(refuseMachine(wrong)).toMatch(sentence);
  expect(refuseMachine(wrong)).not.toContain("\n");
});
