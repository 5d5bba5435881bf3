import { describe, expect, test } from "vitest";
import { judgePatch } from "./support/judge-patch.ts";
import { listPatches, readPatchBase, readPatchCorpus } from "./support/patch-corpus.ts";

const base = readPatchBase();
const corpus = readPatchCorpus();

test("the corpus holds what its table names, at least 60 patches and 20 good ones", () => {
  expect(corpus.map(({ name }) => name).sort()).toEqual(listPatches().sort());
  expect(corpus.length).toBeGreaterThanOrEqual(60);
  expect(corpus.filter(({ expected }) => expected === "accepted").length).toBeGreaterThanOrEqual(20);
});

describe.concurrent("the bundle of propose", () => {
  test.each(corpus)("takes $name for $expected", async ({ expected, patch }) => {
    const { judged, pulls, body, step } = await judgePatch(base, patch);
    expect(judged).toBe(expected);
    expect([step.outcome, pulls]).toEqual(expected.startsWith("refused") ? ["failure", 0] : ["success", 1]);
    for (const rule of /^flagged: (.*)$/.exec(expected)?.[1]?.split(", ") ?? [])
      expect(body).toContain(`\`${rule}\``);
  });

  test.each(Object.entries(large()))("refuses a patch for being %s", async (rule, patch) => {
    expect(await judgePatch(base, patch)).toMatchObject({ judged: `refused: ${rule}`, pulls: 0 });
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
