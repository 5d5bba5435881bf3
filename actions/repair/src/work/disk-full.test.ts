import { machineVariables } from "@patchpilot/action-kit";
import { expect, test } from "vitest";
import { useCheckouts } from "../testing/checkout.ts";
import { putFakeProgram } from "../testing/fake-program.ts";
import { runStep } from "../testing/run-step.ts";

const makeCheckout = useCheckouts();

/** A fake git: it finds the disk full when it first stores a file, and is git itself otherwise. */
function fakeGit(folder: string): string {
  const PATH = machineVariables()["PATH"] ?? "";
  return putFakeProgram(folder, "git", [
    `if [[ "$*" == *--add* && ! -e '${folder}/full' ]]; then`,
    `  touch '${folder}/full'`,
    "  echo 'error: unable to create temporary file: No space left on device' >&2",
    "  exit 128",
    "fi",
    `PATH='${PATH}' exec git "$@"`,
  ]);
}

test("where the disk is full, room is made, small changes are saved and one sentence says so", async () => {
  const checkout = makeCheckout({ "cart.js": "broken\n" });
  const { outputs, failure, files, result } = await runStep(checkout, {
    machine: { PATH: fakeGit(checkout.root) },
    inputs: { command: "echo mended > cart.js; head -c 300000 /dev/zero > fill", "test-command": "true" },
  });
  expect([outputs.result, files]).toEqual(["failed", { "cart.js": "mended\n" }]);
  expect(failure).toMatch(/^The disk of this runner is full: /);
  expect(result.notes).toEqual(["Left out of the patch: 1 file that is too large for a patch (fill)."]);
});
