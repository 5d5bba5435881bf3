import { createHash } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contract } from "@patchpilot/action-propose/contract";
import type { GitHubEvent } from "@patchpilot/simulators/github";
import { permissionsWhen } from "../../../worlds/permissions-of.ts";
import { type ActionRun, claim, dispatch } from "../../../worlds/run-actions.ts";
import { addIncident, createTestWorld, SHOP } from "../../../worlds/world.ts";
import { runBundle } from "./run-bundle.ts";

/**
 * What the bundle of propose makes of a patch, and how many pull requests there are afterwards.
 * @param files the base commit's
 * @param env variables of the job
 */
export async function judgePatch(
  files: Readonly<Record<string, string | Buffer>>,
  patch: Buffer,
  env: Readonly<Record<string, string>> = {},
) {
  const world = createTestWorld({ files });
  const events: GitHubEvent[] = [];
  world.world.onEvent((event) => events.push(event));
  const issue = addIncident(world);
  await dispatch(world, { runId: 99, inputs: { issues: `[${issue}]` } });
  const event = events.find((one) => one.event === "repository_dispatch")?.payload as ActionRun["event"];
  // The embedded runner counts its runs from 1, so that run has passed the gate.
  const { outputs } = await claim(world, { runId: 1, ...(event && { event }) });
  const path = join(await mkdtemp(join(tmpdir(), "patchpilot-")), "change.patch");
  await writeFile(path, patch);
  const step = await runBundle(world, contract, {
    ...(event && { event }),
    env,
    permissions: permissionsWhen(contract, "`key`"),
    inputs: {
      patch: path,
      "patch-sha256": createHash("sha256").update(patch).digest("hex"),
      key: outputs.key,
      branch: outputs.branch,
      "base-sha": outputs["base-sha"],
    },
  });
  const pulls = world.world
    .repository(SHOP)
    .issues.list()
    .filter(({ pull }) => pull);
  return { judged: readLabel(step.outputs), body: pulls[0]?.body ?? "", pulls: pulls.length, step };
}

/** The bundle's outputs as the table of the corpus writes them. */
function readLabel(outputs: Readonly<Record<string, string>>): string {
  const findings = JSON.parse(outputs["findings"] ?? "[]") as { rule: string }[];
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort().join(", ");
  if (outputs["verdict"] === "refused") return `refused: ${rules}`;
  return rules === "" ? "accepted" : `flagged: ${rules}`;
}
