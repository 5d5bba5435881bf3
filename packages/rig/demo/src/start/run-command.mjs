// @ts-check
import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../../..", import.meta.url));
const BINARIES = [join(ROOT, "packages/rig/demo/node_modules/.bin"), join(ROOT, "node_modules/.bin")];

/**
 * @typedef {object} Ending
 * @property {number} status
 * @property {string} output what the command printed, if it was listened to
 */

/**
 * Runs a command to its end, with the tools of the workspace before those of the machine.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, onOutput?: ((text: string) => void) | undefined }} [options] without `onOutput` the command prints by itself
 * @returns {Promise<Ending>} also if the command cannot be started
 */
export function runCommand(command, args, { env = process.env, onOutput } = {}) {
  const path = [...BINARIES, process.env.PATH].join(delimiter);
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...env, PATH: path },
    stdio: onOutput === undefined ? "inherit" : ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text) => {
      output += text;
      onOutput?.(text);
    });
  const passOn = () => child.kill("SIGTERM");
  process.once("SIGTERM", passOn);
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ status: 1, output: error.message }));
    child.on("close", (status) => {
      process.off("SIGTERM", passOn);
      resolve({ status: status ?? 1, output });
    });
  });
}
