import { beforeEach, expect, test } from "vitest";
import type { Proof } from "../attestation/prove-release.ts";
import type { Released, ReleasedFile } from "../released/read-released.ts";
import { checkRelease } from "./check-release.ts";
import type { CheckPorts } from "./ports.ts";

const file = (path: string, digit: string, mode = "100644"): ReleasedFile => ({
  path,
  sha256: digit.repeat(64),
  mode,
});
const FILES = [file("action.yml", "1"), file("dist/index.js", "2"), file("dist/program", "3", "100755")];
const SOURCE = "a".repeat(40);
const released: Released = {
  commit: "c".repeat(40),
  action: "intake",
  version: "1.0.0",
  source: { repository: "acme/patchpilot", commit: SOURCE },
  distSha256: "d".repeat(64),
  files: FILES,
};
const EXPECTED = { owner: "acme", action: "intake", version: "1.0.0" };

let lines: string[];
let builds: number;
beforeEach(() => {
  lines = [];
  builds = 0;
});

const ports = (
  change: Partial<CheckPorts> = {},
  built: readonly ReleasedFile[] = FILES,
  version = "1.0.0",
): CheckPorts => ({
  readReleased: async () => released,
  prove: async () => ({ proven: true }),
  rebuild: async () => {
    builds += 1;
    return { version, files: built };
  },
  report: (line) => lines.push(line),
  ...change,
});

test("a release is proven that is attested and built the same", async () => {
  expect(await checkRelease(EXPECTED, ports())).toBe(true);
  expect(lines).toEqual([
    `intake v1.0.0 is the commit ${released.commit}, which says that it is built from acme/patchpilot@${SOURCE}.`,
    "Dist-SHA256 is the digest of the 2 files of its dist; with the others there are 3.",
    "Attestation: release.yml on main of acme/patchpilot built all 3 files from that commit.",
    "Built anew: all 3 files are the same, byte for byte, and so are their modes.",
    "intake v1.0.0 is proven.",
  ]);
});

test("the attestation is asked for what the release says and holds", async () => {
  const claims: unknown[] = [];
  const prove = async (claim: unknown): Promise<Proof> => {
    claims.push(claim);
    return { proven: true };
  };
  await checkRelease(EXPECTED, ports({ prove }));
  expect(claims).toEqual([{ owner: "acme", action: "intake", commit: SOURCE, files: FILES }]);
});

const [action, index, program] = FILES as [ReleasedFile, ReleasedFile, ReleasedFile];
test.each([
  [
    "another byte",
    [action, file("dist/index.js", "9"), program],
    /^dist\/index.js differs: SHA-256 2{64} is rel/,
  ],
  ["a file less", [action, index], /^dist\/program is released, but not built\.$/],
  ["a file more", [...FILES, file("dist/x.js", "4")], /^dist\/x.js is built, but not released\.$/],
  ["another mode", [action, index, { ...program, mode: "100644" }], /^dist\/program has the mode 100755 in/],
])("a release is refused that is built with %s", async (_, built, line) => {
  expect(await checkRelease(EXPECTED, ports({}, built))).toBe(false);
  expect(lines.slice(-2)).toEqual([
    expect.stringMatching(line),
    "Do not use intake v1.0.0: it is not what its commit builds.",
  ]);
});

test("a tree that is released again under a higher version is refused", async () => {
  expect(await checkRelease(EXPECTED, ports({}, FILES, "0.9.0"))).toBe(false);
  expect(lines.slice(-2)).toEqual([
    "intake has the version 0.9.0 in its source, and is released as v1.0.0.",
    "Do not use intake v1.0.0: it is not what its commit builds.",
  ]);
});

test("nothing is built if the attestation speaks against the release", async () => {
  const prove = async (): Promise<Proof> => ({ proven: false, why: "It is of another file." });
  expect(await checkRelease(EXPECTED, ports({ prove }))).toBe(false);
  expect(builds).toBe(0);
  expect(lines.slice(-2)).toEqual([
    "Attestation: refused. It is of another file.",
    "Do not use intake v1.0.0. Nothing was built: its attestation speaks against it.",
  ]);
});

test("without an answer about attestations the rebuild alone is proven, which is not enough", async () => {
  const prove = async (): Promise<Proof> => {
    throw new Error("GitHub cannot be reached.");
  };
  expect(await checkRelease(EXPECTED, ports({ prove }))).toBe(false);
  expect(lines).toContain("Attestation: not proven. GitHub cannot be reached.");
  expect(lines.at(-1)).toContain("intake v1.0.0 is what its commit builds. The rebuild alone proves that");
});

test("who wants no attestation has enough with the rebuild", async () => {
  const { prove: _, ...rest } = ports();
  expect(await checkRelease(EXPECTED, rest)).toBe(true);
  expect(lines.at(-1)).toBe("intake v1.0.0 is what its commit builds. Who built it was not asked.");
});

test.each([
  ["no release", { readReleased: async () => "v1.0.0 is not there." }, "v1.0.0 is not there."],
  [
    "another release",
    { readReleased: async () => ({ ...released, version: "1.1.0" }) },
    "and not intake v1.0.0.",
  ],
])("%s is refused before anything is asked or built", async (_, change, sentence) => {
  expect(await checkRelease(EXPECTED, ports(change))).toBe(false);
  expect([lines.length, builds]).toEqual([1, 0]);
  expect(lines[0]).toContain(sentence);
});
