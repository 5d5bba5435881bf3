import { expect, test } from "vitest";
import { isRewritten, rewriteForOwner, rewriteForUsers } from "./monorepo-texts.ts";

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
const pins = {
  intake: { sha: sha("1"), version: "1.0.0" },
  dispatch: { sha: sha("2"), version: "1.2.0" },
};
const texts = {
  [REPAIR]: "      - uses: patchpilot/intake@v1\n        uses: actions/checkout@v4\n",
  "README.md":
    "`patchpilot/intake` writes refs/patchpilot/incidents.\n\n      - uses: patchpilot/dispatch@v1\n",
  "templates/repair.yml": "    uses: patchpilot/patchpilot/.github/workflows/repair.yml@v1\n",
  "docs/plain.md": "Label it `patchpilot:take-on`.\n",
};

test("the first commit names the owner everywhere, and commits in the repair workflow", () => {
  expect(rewriteForOwner(texts, source, pins)).toEqual({
    [REPAIR]: `      - uses: acme-robotics/intake@${sha("1")} # v1.0.0\n        uses: actions/checkout@v4\n`,
    "README.md":
      "`acme-robotics/intake` writes refs/patchpilot/incidents.\n\n      - uses: acme-robotics/dispatch@v1\n",
    "templates/repair.yml": "    uses: acme-robotics/patchpilot/.github/workflows/repair.yml@v1\n",
  });
});

test("the second commit names commits in what users copy, and the first as the repair workflow's", () => {
  const first = { ...texts, ...rewriteForOwner(texts, source, pins) };
  expect(rewriteForUsers(first, source, pins, { sha: sha("f"), version: "1.4.0" })).toEqual({
    "README.md": `\`acme-robotics/intake\` writes refs/patchpilot/incidents.\n\n      - uses: acme-robotics/dispatch@${sha("2")} # v1.2.0\n`,
    "templates/repair.yml": `    uses: acme-robotics/patchpilot/.github/workflows/repair.yml@${sha("f")} # v1.4.0\n`,
  });
});

test("for the owner on main the first commit changes the repair workflow alone", () => {
  const own = { ...source, owner: "patchpilot" };
  expect(Object.keys(rewriteForOwner(texts, own, pins))).toEqual([REPAIR]);
});

test("without the commit of an action there is no release", () => {
  const { intake } = pins;
  expect(() => rewriteForOwner(texts, source, { intake })).toThrow(
    "No commit is known of dispatch. Release the actions before the monorepo.",
  );
});

test.each(["src/a.ts", "x/start.mjs", "b/run.ts.txt", "pnpm-lock.yaml", "actions/intake/CHANGELOG.md"])(
  "%s stays as it is",
  (path) => expect(isRewritten(path)).toBe(false),
);
