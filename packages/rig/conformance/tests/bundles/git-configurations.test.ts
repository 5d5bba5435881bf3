import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testGit } from "@patchpilot/git/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judgePatch } from "./support/judge-patch.ts";

const constants = (count: number) =>
  Array.from({ length: count }, (_, at) => `export const k${at} = ${at};\n`).join("\n");
const cart = (body: string) =>
  `${constants(6)}\n\n\nexport function pay(order) {\n\n\n  ${body}\n\n\n}\n\n\n${constants(40)}`;
const BASE = { "src/cart.js": cart("return send(order);") };
const SILENCED = { "src/cart.js": cart("try { return send(order); } catch {}") };

/** What a machine's owner, or an agent that ran there before, may have set: name, lines of a `.gitconfig`. */
const CONFIGURATIONS: readonly (readonly [string, string])[] = [
  ["diff without the blank of empty lines", "[diff]\nsuppressBlankEmpty = true"],
  ["diff with other context and prefixes", "[diff]\ncontext = 0\nnoprefix = true\nmnemonicPrefix = true"],
  [
    "diff of renames, words and another algorithm",
    "[diff]\nrenames = copies\nalgorithm = patience\nwordRegex = .",
  ],
  ["diff by an external program", "[diff]\nexternal = /bin/true"],
  [
    "core that changes line ends and quotes",
    "[core]\nautocrlf = true\neol = crlf\nquotePath = true\nwhitespace = cr-at-eol",
  ],
  [
    "core with hooks, a pager and a monitor",
    "[core]\nhooksPath = HOME\npager = false\nfsmonitor = HOME/leave-a-trace\nbigFileThreshold = 1",
  ],
  ["apply that mends blanks", "[apply]\nwhitespace = fix\nignoreWhitespace = change"],
  ["colors everywhere", "[color]\nui = always\ndiff = always"],
  ["aliases of the commands", "[alias]\napply = !true\ndiff-index = !true\nhash-object = !true"],
  [
    "attributes with a driver that hides text",
    '[core]\nattributesFile = HOME/attributes\n[diff "hide"]\ntextconv = true\ncommand = true\nbinary = true\n[filter "hide"]\nclean = true\nsmudge = true\nrequired = true',
  ],
];

/** Variables that git obeys; `HOME` in a value is the folder of the configuration. */
const VARIABLES: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["a diff program and options", { GIT_EXTERNAL_DIFF: "/bin/true", GIT_DIFF_OPTS: "-u0" }],
  [
    "settings",
    { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "diff.suppressBlankEmpty", GIT_CONFIG_VALUE_0: "true" },
  ],
  ["another repository and index", { GIT_DIR: "HOME", GIT_INDEX_FILE: "HOME/index", GIT_WORK_TREE: "HOME" }],
  ["the system's settings", { GIT_CONFIG_SYSTEM: "HOME/.gitconfig", XDG_CONFIG_HOME: "HOME" }],
];

let root = "";
let patch: Buffer = Buffer.alloc(0);
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "git-configurations-"));
  patch = patchOf(join(root, "shop"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function patchOf(folder: string): Buffer {
  mkdirSync(join(folder, "src"), { recursive: true });
  const git = testGit(folder);
  git(["init", "--quiet"]);
  writeFileSync(join(folder, "src/cart.js"), BASE["src/cart.js"]);
  git(["add", "--all"]);
  git(["commit", "--quiet", "--message", "base"]);
  writeFileSync(join(folder, "src/cart.js"), SILENCED["src/cart.js"]);
  return git(["diff", "--full-index"]);
}

/** A home with this configuration, and what it leads to. */
function homeWith(name: string, configuration: string): string {
  const home = join(root, name.replaceAll(/\W/g, "-"));
  mkdirSync(join(home, "git"), { recursive: true });
  for (const file of [".gitconfig", "git/config"])
    writeFileSync(join(home, file), `${configuration.replaceAll("HOME", home)}\n`);
  writeFileSync(join(home, "attributes"), "* diff=hide filter=hide\n*.js binary\n");
  writeFileSync(join(home, "leave-a-trace"), `#!/bin/sh\ntouch '${home}/trace'\n`, { mode: 0o755 });
  return home;
}

const judge = async (env: Readonly<Record<string, string>> = {}) => {
  const { judged, pulls, step } = await judgePatch(BASE, patch, env);
  return { judged, pulls, findings: step.outputs["findings"] };
};

let plain: Awaited<ReturnType<typeof judge>>;
beforeAll(async () => {
  plain = await judge();
});

test("a patch that swallows an error is refused on a machine without settings", () => {
  expect(plain).toMatchObject({ judged: "refused: swallows-error", pulls: 0 });
});

test("the corpus is hostile: git that obeys a setting describes the same patch otherwise", () => {
  const home = homeWith("control", "[diff]\nsuppressBlankEmpty = true");
  const obedient = testGit(join(root, "shop"), { GIT_CONFIG_GLOBAL: join(home, ".gitconfig") });
  expect(obedient(["diff", "--full-index"]).equals(patch)).toBe(false);
});

describe.concurrent("a patch that swallows an error is refused for the same lines on a machine", () => {
  test.each(CONFIGURATIONS)("whose git has %s", async (name, configuration) => {
    const home = homeWith(name, configuration);
    expect(await judge({ HOME: home, XDG_CONFIG_HOME: home })).toEqual(plain);
  });

  test.each(VARIABLES)("whose environment gives git %s", async (name, variables) => {
    const home = homeWith(name, "[diff]\nsuppressBlankEmpty = true");
    const entries = Object.entries(variables).map(([key, value]) => [key, value.replace("HOME", home)]);
    expect(await judge(Object.fromEntries(entries))).toEqual(plain);
  });
});
