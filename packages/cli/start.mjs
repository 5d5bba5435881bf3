#!/usr/bin/env node
// Runs in every Node: an old one gets a sentence, not a syntax error.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major > 22 || (major === 22 && minor >= 12)) await import("./index.js");
else {
  console.error(`patchpilot needs Node 22.12 or newer, and this is ${process.versions.node}.`);
  process.exitCode = 1;
}
