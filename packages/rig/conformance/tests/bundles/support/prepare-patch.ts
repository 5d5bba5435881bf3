import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contract } from "@patchpilot/action-propose/contract";
import { permissionsWhen } from "../../../worlds/permissions-of.ts";
import { claim, PATCH, PATCH_SHA256 } from "../../../worlds/run-actions.ts";
import type { TestWorld } from "../../../worlds/world.ts";
import type { BundleRun } from "./run-bundle.ts";

/**
 * Lets the worker's run pass the gate, and leaves a patch for `propose`. The embedded runner counts its runs from 1, so
 * that run has passed.
 */
export async function prepareCorpusPatch(
  world: TestWorld,
  event: Readonly<Record<string, unknown>>,
): Promise<BundleRun> {
  const { outputs } = await claim(world, { runId: 1, event });
  const patch = join(await mkdtemp(join(tmpdir(), "patchpilot-")), "change.patch");
  await writeFile(patch, PATCH);
  const { key, branch, "base-sha": baseSha } = outputs;
  const inputs = { patch, "patch-sha256": PATCH_SHA256, key, branch, "base-sha": baseSha };
  return { inputs, permissions: permissionsWhen(contract, "`key`") };
}
