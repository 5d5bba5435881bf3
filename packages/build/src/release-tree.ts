/** `node --conditions=source release-tree.ts ACTION FOLDER`: writes what a release of an action consists of. */
import { resolve } from "node:path";
import { readReleaseSource } from "./releasing/release-source.ts";
import { writeActionTree } from "./releasing/trees/action-tree.ts";
import { REPOSITORY } from "./repository.ts";

const [action, target] = process.argv.slice(2);
if (action === undefined || target === undefined)
  throw new Error("Name an action and a folder: release-tree.ts intake /tmp/intake");
writeActionTree(await readReleaseSource(REPOSITORY), action, resolve(target));
