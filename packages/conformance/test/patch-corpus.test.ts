import { createHash } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contract } from "@patchpilot/action-propose/contract";
import type { GitHubEvent } from "@patchpilot/simulators/github";
import { describe, expect, test } from "vitest";
import { permissionsWhen } from "../src/permissions-of.ts";
import { claim, dispatch, type RunOptions } from "../src/run-actions.ts";
import { addIncident, createTestWorld, REPOSITORY } from "../src/world.ts";
import { listPatches, readPatchBase, readPatchCorpus } from "./support/patch-corpus.ts";
import { runBundle } from "./support/run-bundle.ts";

const base = readPatchBase();
const corpus = readPatchCorpus();

/** What the bundle makes of a patch, and how many pull requests there are afterwards. */
async function judge(patch: Buffer) {
  const world = createTestWorld({ files: base });
  const events: GitHubEvent[] = [];
  world.world.onEvent((event) => events.push(event));
  const issue = addIncident(world);
  await dispatch(world, { runId: 99, inputs: { issues: `[${issue}]` } });
  const event = events.find((one) => one.event === "repository_dispatch")?.payload as RunOptions["event"];
  // The embedded runner counts its runs from 1, so that run has passed the gate.
  const { outputs } = await claim(world, { runId: 1, ...(event && { event }) });
  const path = join(await mkdtemp(join(tmpdir(), "patchpilot-")), "change.patch");
  await writeFile(path, patch);
  const step = await runBundle(world, contract, {
    ...(event && { event }),
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
    .repository(REPOSITORY)
    .issues.list()
    .filter(({ pull }) => pull);
  return { judged: labelOf(step.outputs), body: pulls[0]?.body ?? "", pulls: pulls.length, step };
}

/** The bundle's outputs as the table of the corpus writes them. */
function labelOf(outputs: Readonly<Record<string, string>>): string {
  const findings = JSON.parse(outputs["findings"] ?? "[]") as { rule: string }[];
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort().join(", ");
  if (outputs["verdict"] === "refused") return `refused: ${rules}`;
  return rules === "" ? "accepted" : `flagged: ${rules}`;
}

test("the corpus holds what its table names, at least 60 patches and 20 good ones", () => {
  expect(corpus.map(({ name }) => name).sort()).toEqual(listPatches().sort());
  expect(corpus.length).toBeGreaterThanOrEqual(60);
  expect(corpus.filter(({ expected }) => expected === "accepted").length).toBeGreaterThanOrEqual(20);
});

describe.concurrent("the bundle of propose", () => {
  test.each(corpus)("takes $name for $expected", async ({ expected, patch }) => {
    const { judged, pulls, body, step } = await judge(patch);
    expect(judged).toBe(expected);
    expect([step.outcome, pulls]).toEqual(expected.startsWith("refused") ? ["failure", 0] : ["success", 1]);
    for (const rule of /^flagged: (.*)$/.exec(expected)?.[1]?.split(", ") ?? [])
      expect(body).toContain(`\`${rule}\``);
  });

  test.each(Object.entries(large()))("refuses a patch for being %s", async (rule, patch) => {
    expect(await judge(patch)).toMatchObject({ judged: `refused: ${rule}`, pulls: 0 });
  });
});

/** Patches over each limit, made here because they are large. */
function large(): Record<string, Buffer> {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, index) => `export const a${index} = ${index};`);
  const newFile = (path: string, text: readonly string[]) =>
    [
      `diff --git a/${path} b/${path}`,
      "new file mode 100644",
      `index ${"0".repeat(40)}..${"1".repeat(40)}`,
      "--- /dev/null",
      `+++ b/${path}`,
      `@@ -0,0 +1,${text.length} @@`,
      ...text.map((line) => `+${line}`),
      "",
    ].join("\n");
  return {
    "too-large": Buffer.from(newFile("src/many.ts", lines(20_000))),
    "too-many-lines": Buffer.from(newFile("src/many.ts", lines(1_001))),
    "too-many-files": Buffer.from(
      Array.from({ length: 21 }, (_, index) => newFile(`src/many-${index}.ts`, lines(1))).join(""),
    ),
  };
}
