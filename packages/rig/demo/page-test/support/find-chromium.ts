import { existsSync } from "node:fs";

/** Where Debian, Fedora, Arch and macOS put it. */
const USUAL = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The path of a Chromium that is installed; undefined where there is none. */
export function findChromium(): string | undefined {
  const named = process.env["CHROMIUM"];
  return named === undefined || named === "" ? USUAL.find(existsSync) : [named].find(existsSync);
}
