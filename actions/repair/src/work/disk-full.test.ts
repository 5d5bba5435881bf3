import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { machineVariables } from "@patchpilot/action-kit";
import { expect, test } from "vitest";
import { useCheckouts } from "../testing/checkout.ts";
import { runStep } from "../testing/run-step.ts";

const makeCheckout = useCheckouts();

/** A fake git: it finds the disk full when it first stores a file, and is git itself otherwise. */
function fakeGit(folder: string): string {
  const PATH = machineVariables()["PATH"] ?? "";
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const script = [
    "#!/bin/bash",
    `if [[ "$*" == *--add* && ! -e '${bin}/full' ]]; then`,
    `  touch '${bin}/full'`,
    "  echo 'error: unable to create temporary file: No space left on device' >&2",
    "  exit 128",
    "fi",
    `PATH='${PATH}' exec git "$@"`,
  ].join("\n");
  writeFileSync(join(bin, "git"), `${script}\n`);
  chmodSync(join(bin, "git"), 0o755);
  return `${bin}:${PATH}`;
}

test("where the disk is full, room is made, small changes are saved and one sentence says so", async () => {
  const checkout = makeCheckout({ "cart.js": "broken\n" });
  const { outputs, failure, files, result } = await runStep(checkout, {
    machine: { PATH: fakeGit(checkout.root) },
    inputs: { command: "echo mended > cart.js; head -c 300000 /dev/zero > fill", "test-command": "true" },
  });
  expect([outputs.result, files]).toEqual(["failed", { "cart.js": "mended\n" }]);
  expect(failure).toMatch(/^The disk of this runner is full: /);
  expect(result.notes).toEqual(["fill is larger than 0.25 MiB and is no part of the patch."]);
});
