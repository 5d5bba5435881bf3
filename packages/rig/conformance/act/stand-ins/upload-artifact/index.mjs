// Each upload is a folder whose name is its id; a link called by its name leads to the newest one.
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { basename, join } from "node:path";

const {
  GITHUB_OUTPUT: output = "",
  INPUT_NAME: name = "",
  INPUT_PATH: paths = "",
  STAND_IN_ARTIFACTS: store = "",
} = process.env;
mkdirSync(store, { recursive: true });
const id = String(readdirSync(store).filter((entry) => /^\d+$/.test(entry)).length + 1);
const folder = join(store, id);
mkdirSync(folder);
for (const path of paths.split("\n").map((line) => line.trim())) {
  if (path !== "" && existsSync(path)) copyFileSync(path, join(folder, basename(path)));
}
rmSync(join(store, name), { force: true });
symlinkSync(id, join(store, name));
appendFileSync(output, `artifact-id=${id}\n`);
