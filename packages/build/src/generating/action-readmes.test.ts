import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { actionFolders } from "../repository.ts";
import { loadContract } from "./load-contract.ts";

/** A title, what the action does in one paragraph, and the head. */
const OPENING = /^# (.+)\n\n([A-Z][^\n]+)\n\n<!-- generated:head -->\n/;

test.each(actionFolders().map((folder) => [basename(folder), folder]))(
  "the README of %s begins with its name on the Marketplace, what it does, and the head",
  async (_, folder) => {
    const { title } = await loadContract(folder);
    const [, heading] = OPENING.exec(readFileSync(join(folder, "README.md"), "utf8")) ?? [];
    expect(heading).toBe(title);
  },
);

test.each(actionFolders().map((folder) => [basename(folder), folder]))(
  "the head of %s links only to other actions, and to how it works alone",
  async (name, folder) => {
    const { needs } = await loadContract(folder);
    const others = actionFolders().map((each) => `../${basename(each)}`);
    const links = [...needs.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
    const known = [...others.filter((target) => target !== `../${name}`), "#alone"];
    expect(links.filter((target) => !known.includes(target ?? ""))).toEqual([]);
  },
);
