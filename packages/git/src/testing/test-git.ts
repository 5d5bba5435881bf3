import { execFileSync } from "node:child_process";
import { cleanEnvironment } from "../environment.ts";

const WHO = {
  GIT_AUTHOR_NAME: "Test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "Test",
  GIT_COMMITTER_EMAIL: "test@example.com",
};

/** Calls git in a test's own folder, as nobody in particular and with none of the machine's configuration. */
export type TestGit = (args: readonly string[], input?: string | Uint8Array) => Buffer;

/** @param more variables beside the clean ones, such as the date of a commit */
export function testGit(cwd: string, more: Readonly<Record<string, string>> = {}): TestGit {
  const env = { ...cleanEnvironment(process.env["PATH"] ?? ""), ...WHO, ...more };
  return (args, input) =>
    execFileSync("git", [...args], { cwd, env, input, stdio: "pipe", maxBuffer: 64 * 1024 * 1024 });
}
