import type { ProposePorts } from "./ports.ts";
import { type PreparedPatch, treeChanges } from "./read-patch.ts";

/**
 * Makes the tree of the base with the patch. GitHub puts no file in a folder's place, nor the reverse: where the patch
 * does, what goes away goes before, in another tree.
 * @throws Error where a folder that is to become a file holds more than the patch takes away
 */
export async function createPatchedTree(
  { baseTree, changes }: Pick<PreparedPatch, "baseTree" | "changes">,
  ports: Pick<ProposePorts, "createTree" | "lookUpPaths">,
): Promise<string> {
  const all = treeChanges(changes);
  const gone = all.filter(({ oid }) => oid === null);
  const come = all.filter(({ oid }) => oid !== null);
  const isIn = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);
  const places = come.filter(({ path }) => gone.some((one) => isIn(one.path, path) || isIn(path, one.path)));
  if (places.length === 0) return ports.createTree(baseTree, all);
  const between = await ports.createTree(baseTree, gone);
  const left = await ports.lookUpPaths(
    between,
    places.map(({ path }) => path),
  );
  const blocked = places.find(({ path }) => left.get(path)?.type === "tree");
  if (blocked !== undefined)
    throw new Error(
      `The patch makes \`${blocked.path}\` a file, but does not take away all that this folder has on the base commit.`,
    );
  return ports.createTree(between, come);
}
