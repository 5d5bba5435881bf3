import { parse } from "yaml";
import { ICONS, LONGEST_DESCRIPTION } from "../../generating/marketplace.ts";

/** A file of a release tree as git would keep it. */
export type TreeEntry = {
  /** From the root, with `/`. */
  readonly path: string;
  readonly kind: "file" | "executable" | "link";
  readonly bytes: Buffer;
};

/** A release tree, and what its listing must differ from. */
export type Listing = {
  readonly files: readonly TreeEntry[];
  readonly owner: string;
  /** Names of the other actions that we list. */
  readonly siblings: readonly string[];
};

type Metadata = Readonly<Record<string, unknown>>;
type Rule = (listing: Listing, metadata: Metadata) => boolean;

/** Every job that uses the action downloads all of it. */
const MOST_BYTES = 5_000_000;

const COLOURS = ["white", "black", "yellow", "blue", "green", "orange", "red", "purple", "gray-dark"];

/** An action may not be named like a category of the Marketplace. */
const CATEGORIES =
  `AI Assisted; API management; Backup Utilities; Chat; Code Scanning Ready; Code quality; Code review; Code search;
Container CI; Continuous integration; Dependency management; Deployment; Deployment Protection Rules; Desktop tools; Game CI; GitHub Sponsors; IDEs;
Learning; Localization; Mobile; Mobile CI; Monitoring; Open Source management; Project management; Publishing; Reporting;
Security; Support; Testing; Utilities`.split(/;\s/);

/** What the Marketplace and our users expect of a release tree, by the names under which faults are reported. */
export const MARKETPLACE_RULES: Readonly<Record<string, Rule>> = {
  "one action.yml, at the root": ({ files }) =>
    files
      .filter(({ path }) => /(?:^|\/)action\.ya?ml$/i.test(path))
      .map(({ path }) => path)
      .join() === "action.yml",
  "no workflow file": ({ files }) => !files.some(({ path }) => /^\.github(?:\/|$)/i.test(path)),
  "a name that nothing else has": ({ owner, siblings }, { name }) =>
    isText(name) && ![owner, ...siblings, ...CATEGORIES].some((taken) => isSame(name, taken)),
  "a description shorter than 125 characters": (_, { description }) =>
    isText(description) && description.length <= LONGEST_DESCRIPTION,
  "an author": (_, { author }) => isText(author),
  "an icon that GitHub takes": (_, { branding }) => ICONS.has(String(asRecord(branding)["icon"])),
  "a colour that GitHub takes": (_, { branding }) => COLOURS.includes(String(asRecord(branding)["color"])),
  "a README": ({ files }) => hasText(files, "README.md"),
  "a LICENSE": ({ files }) => hasText(files, "LICENSE"),
  "runs on node24": (_, { runs }) => asRecord(runs)["using"] === "node24",
  "what runs is there": ({ files }, { runs }) => hasText(files, String(asRecord(runs)["main"])),
  "no node_modules": ({ files }) => !files.some(({ path }) => /(?:^|\/)node_modules(?:\/|$)/.test(path)),
  "no symbolic link": ({ files }) => !files.some(({ kind }) => kind === "link"),
  "only the launcher is executable": ({ files }) =>
    !files.some(({ kind, path }) => kind === "executable" && !/^launcher\/launcher-\w+$/.test(path)),
  "at most 5 MB": ({ files }) => files.reduce((sum, { bytes }) => sum + bytes.length, 0) <= MOST_BYTES,
};

/** Names of the rules that a release tree breaks. Pure. */
export function findBrokenRules(listing: Listing): string[] {
  const metadata = readMetadata(listing.files);
  return Object.entries(MARKETPLACE_RULES)
    .filter(([, holds]) => !holds(listing, metadata))
    .map(([name]) => name);
}

const isText = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";

/** The Marketplace compares the addresses that it makes of names. */
const isSame = (one: string, other: string): boolean => toAddress(one) === toAddress(other);

const toAddress = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, "-");

const asRecord = (value: unknown): Metadata =>
  typeof value === "object" && value !== null ? (value as Metadata) : {};

const hasText = (files: readonly TreeEntry[], path: string): boolean =>
  files.some((file) => file.path === path && file.bytes.toString("utf8").trim() !== "");

function readMetadata(files: readonly TreeEntry[]): Metadata {
  const file = files.find(({ path }) => path === "action.yml");
  try {
    return asRecord(parse(file?.bytes.toString("utf8") ?? ""));
  } catch {
    return {};
  }
}
