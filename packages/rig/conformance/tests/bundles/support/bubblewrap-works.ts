import { execFileSync } from "node:child_process";

/** Whether the tests of the wall can run here. */
export function bubblewrapWorks(): boolean {
  try {
    execFileSync("bwrap", ["--unshare-user", "--ro-bind", "/", "/", "true"], { stdio: "ignore" });
    return true;
  } catch {
    console.warn("bubblewrap does not work here, so that the tests of the wall are skipped. CI installs it.");
    return false;
  }
}
