// The workspace as a fresh runner would have it: nothing but the commit.
import { execFileSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const {
  GITHUB_WORKSPACE: workspace = "",
  INPUT_REF: ref = "",
  STAND_IN_REPOSITORY: origin = "",
} = process.env;
for (const name of readdirSync(workspace)) rmSync(join(workspace, name), { recursive: true, force: true });
const git = (...args) => execFileSync("git", args, { cwd: workspace, stdio: "inherit" });
git("init", "--quiet");
git("-c", "protocol.file.allow=always", "fetch", "--quiet", "--depth=1", `file://${origin}`, ref);
git("checkout", "--quiet", "--detach", "FETCH_HEAD");
