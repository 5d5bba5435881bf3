import { expect, test } from "vitest";
import { createPatchedTree } from "./write-tree.ts";

const OID = "a".repeat(40);
const file = { mode: "100644", oid: OID };

/** What GitHub is asked for. @param left what the base holds once everything is taken away that goes */
async function askedFor(
  changes: Parameters<typeof createPatchedTree>[0]["changes"],
  left: readonly string[] = [],
) {
  const asked: string[][] = [];
  await createPatchedTree(
    { baseTree: "base", changes },
    {
      createTree: async (base, entries) => {
        asked.push([base, ...entries.map(({ path, oid }) => `${oid === null ? "-" : "+"}${path}`)]);
        return `tree-${asked.length}`;
      },
      lookUpPaths: async () =>
        new Map(left.map((path) => [path, { ...file, name: path, type: "tree" as const }])),
    },
  );
  return asked;
}

test("a patch is one tree", async () => {
  const changes = [
    { path: "a", after: file },
    { path: "b", before: file },
  ];
  expect(await askedFor(changes)).toEqual([["base", "+a", "-b"]]);
});

test("a folder that becomes a file, and a file that becomes a folder, go before they come", async () => {
  const changes = [
    { path: "d", after: file },
    { path: "d/a", before: file },
    { path: "f", before: file },
    { path: "f/z", after: file },
  ];
  expect(await askedFor(changes)).toEqual([
    ["base", "-d/a", "-f"],
    ["tree-1", "+d", "+f/z"],
  ]);
});

test("a folder that holds more than the patch takes away becomes no file", async () => {
  const changes = [
    { path: "d", after: file },
    { path: "d/a", before: file },
  ];
  await expect(askedFor(changes, ["d"])).rejects.toThrow(
    "The patch makes `d` a file, but does not take away all",
  );
});
