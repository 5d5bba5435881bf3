import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";

/** The command that shows a file in the browser, by platform; other platforms have `xdg-open`. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ["open"],
  // `start` is a word of the shell, and takes what it finds in quotes first as a title.
  win32: ["cmd", "/c", "start", '""'],
};

export const findOpener = (platform: NodeJS.Platform): readonly string[] => OPENERS[platform] ?? ["xdg-open"];

const ENOUGH_MS = 5_000;

/**
 * Shows a file in the browser. One that stays in the foreground is left running.
 * @returns whether it could be started
 */
export function openPage(file: string, opener = findOpener(process.platform)): Promise<boolean> {
  const [command = "", ...args] = [...opener, pathToFileURL(file).href];
  const child = spawn(command, args, { stdio: "ignore", detached: true });
  child.unref();
  return new Promise((resolve) => {
    const waited = setTimeout(() => resolve(true), ENOUGH_MS);
    const settle = (isOpen: boolean) => {
      clearTimeout(waited);
      resolve(isOpen);
    };
    child.once("error", () => settle(false));
    child.once("exit", (status) => settle(status === 0));
  });
}
