import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";

const { INPUT_NAME: name = "", INPUT_PATH: paths = "", STAND_IN_ARTIFACTS: store = "" } = process.env;
const folder = join(store, name);
mkdirSync(folder, { recursive: true });
for (const path of paths.split("\n").map((line) => line.trim())) {
  if (path !== "" && existsSync(path)) copyFileSync(path, join(folder, basename(path)));
}
