import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { testGit } from "@patchpilot/git/testing";

/** A checkout with an error in it, and the folders that a run needs beside it. */
export type Shop = {
  readonly workspace: string;
  /** For the agent's configuration and sessions. */
  readonly scratch: string;
  readonly home: string;
  readonly temporary: string;
  readonly git: (...args: string[]) => string;
  /** Writes a file of the checkout. */
  readonly write: (path: string, text: string) => void;
  readonly remove: () => void;
};

/** What repairs the shop, as a deed of the scripted model. */
export const REPAIR = {
  edit: "total.js",
  from: "export const total = (cart) => cart.price * cart.amount;\n",
  to: "export const total = (cart) => cart.price * (cart.amount ?? 1);\n",
};

const FILES: Readonly<Record<string, string>> = {
  "package.json": '{ "type": "module", "scripts": { "test": "env > env.log; node --test" } }\n',
  ".gitignore": "env.log\n",
  "total.js": REPAIR.from,
  "total.test.js": [
    'import assert from "node:assert";',
    'import { test } from "node:test";',
    'import { total } from "./total.js";',
    'test("a cart without an amount holds one", () => assert.equal(total({ price: 2 }), 2));',
    'test("a cart with two costs twice the price", () => assert.equal(total({ price: 2, amount: 2 }), 4));',
    "",
  ].join("\n"),
};

export function makeShop(): Shop {
  const root = mkdtempSync(join(tmpdir(), "patchpilot-shop-"));
  const folder = (name: string): string => {
    mkdirSync(join(root, name));
    return join(root, name);
  };
  const workspace = folder("shop");
  const git = (...args: string[]): string => testGit(workspace)(args).toString("utf8");
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
  };
  for (const [path, text] of Object.entries(FILES)) write(path, text);
  git("init", "--quiet", "--initial-branch", "main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "A shop");
  return {
    workspace,
    scratch: folder("scratch"),
    home: folder("home"),
    temporary: folder("tmp"),
    git,
    write,
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}
