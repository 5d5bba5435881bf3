import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { clearReports, readReports } from "./read-reports.ts";

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function makeFolder(files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "reports-"));
  made.push(folder);
  for (const path of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path);
  }
  return folder;
}

const reportPaths = /(^|\/)target\/surefire-reports\/TEST-[^/]*\.xml$/;
const PLACED = ["target/surefire-reports/TEST-a.xml", "api/target/surefire-reports/TEST-b.xml"];

test("reports are found in every module, and nothing else is one", async () => {
  const folder = makeFolder([...PLACED, "target/a.xml", "node_modules/x/target/surefire-reports/TEST-c.xml"]);
  const reports = await readReports({ reportPaths }, folder);
  expect(reports.map(({ text }) => text).sort()).toEqual([...PLACED].sort());
});

test("what an earlier run reported is gone", async () => {
  const folder = makeFolder(PLACED);
  await clearReports({ reportPaths }, folder);
  expect(await readReports({ reportPaths }, folder)).toEqual([]);
});

test("a link, a pipe, a folder and a file that is too large are no reports", async () => {
  const folder = makeFolder(["secret", "large"]);
  symlinkSync(join(folder, "secret"), join(folder, "link"));
  mkdirSync(join(folder, "folder"));
  execFileSync("mkfifo", [join(folder, "pipe")]);
  truncateSync(join(folder, "large"), 17 * 1024 * 1024);
  for (const name of ["link", "folder", "pipe", "large", "missing"])
    expect(await readReports({ reportFile: join(folder, name) }, folder)).toEqual([]);
});

test("a link in place of a folder leads nowhere", async () => {
  const [folder, other] = [makeFolder([]), makeFolder(PLACED)];
  symlinkSync(other, join(folder, "elsewhere"));
  expect(await readReports({ reportPaths }, folder)).toEqual([]);
});
