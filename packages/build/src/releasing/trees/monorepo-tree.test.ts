import { expect, test } from "vitest";
import { actionFolders, REPOSITORY } from "../../repository.ts";
import { readReleaseSource } from "../release-source.ts";
import { readRewritable, type Texts, writeFirstCommit, writeSecondCommit } from "./monorepo-tree.ts";

const REPAIR = ".github/workflows/repair.yml";
const sha = (digit: string): string => digit.repeat(40);

const source = {
  folder: "/nowhere",
  commit: sha("0"),
  time: "2026-11-29T12:00:00+01:00",
  owner: "acme-robotics",
  version: "1.4.0",
  actions: { intake: "1.0.0", dispatch: "1.2.0" },
};
const commits = { intake: sha("1"), dispatch: sha("2") };
const texts = {
  [REPAIR]: "      - uses: patchpilot/intake@v1\n        uses: actions/checkout@v4\n",
  "README.md":
    "`patchpilot/intake` writes refs/patchpilot/incidents.\n\n      - uses: patchpilot/dispatch@v1\n",
  "templates/repair.yml": "    uses: patchpilot/patchpilot/.github/workflows/repair.yml@v1\n",
  "docs/plain.md": "Label it `patchpilot:accept`.\n",
};

test("the first commit names the owner everywhere, and commits in the repair workflow", () => {
  expect(writeFirstCommit(texts, source, commits)).toEqual({
    [REPAIR]: `      - uses: acme-robotics/intake@${sha("1")} # v1.0.0\n        uses: actions/checkout@v4\n`,
    "README.md":
      "`acme-robotics/intake` writes refs/patchpilot/incidents.\n\n      - uses: acme-robotics/dispatch@v1\n",
    "templates/repair.yml": "    uses: acme-robotics/patchpilot/.github/workflows/repair.yml@v1\n",
  });
});

test("the second commit names commits in what users copy, and the first as the repair workflow's", () => {
  const first = { ...texts, ...writeFirstCommit(texts, source, commits) };
  expect(writeSecondCommit(first, source, commits, sha("f"))).toEqual({
    "README.md": `\`acme-robotics/intake\` writes refs/patchpilot/incidents.\n\n      - uses: acme-robotics/dispatch@${sha("2")} # v1.2.0\n`,
    "templates/repair.yml": `    uses: acme-robotics/patchpilot/.github/workflows/repair.yml@${sha("f")} # v1.4.0\n`,
  });
});

test("for the owner on main the first commit changes the repair workflow alone", () => {
  const own = { ...source, owner: "patchpilot" };
  expect(Object.keys(writeFirstCommit(texts, own, commits))).toEqual([REPAIR]);
});

test("without the commit of an action there is no release", () => {
  const { intake } = commits;
  expect(() => writeFirstCommit(texts, source, { intake })).toThrow(
    "The action dispatch has no released commit. Release it before the monorepo.",
  );
});

test("each `uses:` of ours in this repository's texts names a commit once both are written", async () => {
  const real = { ...(await readReleaseSource(REPOSITORY)), owner: "acme-robotics" };
  const pins = Object.fromEntries(Object.keys(real.actions).map((name) => [name, sha("1")]));
  const before = await readRewritable(REPOSITORY);
  const first: Texts = { ...before, ...writeFirstCommit(before, real, pins) };
  const second: Texts = { ...first, ...writeSecondCommit(first, real, pins, sha("f")) };
  const named = Object.entries(second).flatMap(([path, text]) =>
    [...text.matchAll(/\buses:.*?\/.*/g)].map(([line]) => `${path}: ${line}`),
  );
  expect(named.filter((line) => /acme-robotics\/.*@[0-9a-f]{40} # v/.test(line)).length).toBeGreaterThan(
    actionFolders().length,
  );
  expect(named.filter((line) => /(?:patchpilot|acme-robotics)\/.*@v\d+$/.test(line))).toEqual([
    expect.stringMatching(/^packages\/build\/src\/new-action\/template\//),
  ]);
});
