import { contract } from "@patchpilot/action-schedule/contract";
import { expect, test } from "vitest";
import { permissionsWhen } from "../../worlds/permissions-of.ts";
import { createTestWorld } from "../../worlds/world.ts";
import { type BundleRun, readAnnotations, runBundle } from "./support/run-bundle.ts";

const TICK = ".github/workflows/patchpilot-tick.yml";
const SWITCHING = permissionsWhen(contract, "`on` or `off`");

/** Runs the bundle where nothing is open and the ticks are on. @returns what it said, and how many writes GitHub took */
async function runWith(run: BundleRun, files: Readonly<Record<string, string>> = { [TICK]: "on: push\n" }) {
  const test = createTestWorld();
  test.world.as("maya").push({ branch: "main", message: "Add the ticks", files });
  const before = test.world.versions.current;
  const step = await runBundle(test, contract, run);
  return {
    outcome: step.outcome,
    errors: readAnnotations(step, "error"),
    writes: test.world.versions.current - before,
  };
}

test.each<[string, BundleRun, RegExp]>([
  ["names an input of a wrong type", { inputs: { to: "sideways" } }, /`to`/],
  ["names a right to read that its token lacks", { permissions: {} }, /`\w+: read`/],
  [
    "names the token that GitHub does not know",
    { inputs: { "github-token": "ghs_unknown" } },
    /`github-token` is wrong, expired or revoked/,
  ],
  ["says that GitHub cannot be reached", { api: "http://127.0.0.1:9" }, /GitHub could not be reached/],
])("%s, and changes nothing", async (_, run, reason) => {
  const { outcome, errors, writes } = await runWith(run);
  expect(errors).toEqual([expect.stringMatching(reason)]);
  expect([outcome, writes]).toEqual(["failure", 0]);
});

test("a file that is not there makes the run red and names the other form", async () => {
  const { outcome, errors } = await runWith({ inputs: { to: "off" }, permissions: SWITCHING }, {});
  expect(errors).toEqual([expect.stringMatching(/patchpilot-tick\.yml.*always-on|always on/s)]);
  expect(outcome).toBe("failure");
});

test("a token that may not switch makes the run red and names the other form", async () => {
  const permissions = { ...SWITCHING, actions: "read" } as const;
  const { outcome, errors } = await runWith({ inputs: { to: "off" }, permissions });
  expect(errors).toEqual([expect.stringMatching(/always-on|always on/)]);
  expect(outcome).toBe("failure");
});

test("switches off where nothing is open", async () => {
  const { outcome, errors, writes } = await runWith({ inputs: { to: "off" }, permissions: SWITCHING });
  expect([outcome, errors, writes > 0]).toEqual(["success", [], true]);
});
