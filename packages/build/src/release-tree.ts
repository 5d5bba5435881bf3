/** `node --conditions=source release-tree.ts ACTION FOLDER`: writes what a release of an action consists of. */
import { resolve } from "node:path";
import { writeReleaseTree } from "./releasing/release-tree.ts";
import { REPOSITORY } from "./repository.ts";

const [action, target] = process.argv.slice(2);
if (action === undefined || target === undefined)
  throw new Error("Name an action and a folder: release-tree.ts intake /tmp/intake");
writeReleaseTree(REPOSITORY, action, resolve(target));
