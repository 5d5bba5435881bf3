import type { TreeEntry } from "../../src/releasing/trees/marketplace.ts";

/** Whose accounts release trees name beside ours: what users' workflows use, and what bundled packages say. */
const THIRD_PARTIES = ["actions", "gr2m", "octokit"];

/** Accounts that release trees name in `uses:`, addresses, attestations, trailers and text. */
export function findOwners(files: readonly TreeEntry[], actions: readonly string[]): string[] {
  const names = ["patchpilot", ...actions].join("|");
  const patterns = [
    /\buses:\s*["']?([\w-]+)\//g,
    /(?<![\w.-])github\.com[/:]([\w-]+)/g,
    /\bgithubusercontent\.com\/([\w-]+)/g,
    /\brepos\/([\w-]+)\/[\w-]/g,
    /--(?:repo|owner)[ =]([\w-]+)/g,
    /\bSource: ([\w-]+)\//g,
    new RegExp(`(?<![\\w./@-])([\\w-]+)/(?:${names})@`, "g"),
    new RegExp(`(?<![\\w./@-])(patchpilot)/(?:${names})(?![\\w-])`, "g"),
  ];
  const found = files.flatMap(({ bytes }) => {
    const text = bytes.toString("utf8");
    return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, owner = ""]) => owner));
  });
  return [...new Set(found)].filter((owner) => !THIRD_PARTIES.includes(owner)).sort();
}

const KINDS = {
  labels: /\bpatchpilot:[a-z]+(?:-[a-z]+)*/g,
  refs: /\brefs\/patchpilot\/[a-z]+/g,
  branches: /(?<![\w./@-])patchpilot\/(?:\$\{|\d|`|patch-)/g,
  files: /(?:\.github\/)?\bpatchpilot[a-z-]*\.yml|\.patchpilot\/\w+/g,
  variables: /\bPATCHPILOT_[A-Z_]+\b/g,
  events: /(?<![\w/.-])patchpilot-[a-z]+(?:-[a-z]+)*\b(?!\.yml)/g,
};

/** The names of the product's own that are in files, by their kind. */
export function findProductNames(files: readonly TreeEntry[]): Record<keyof typeof KINDS, string[]> {
  const text = files.map(({ bytes }) => bytes.toString("utf8")).join("\n");
  const pairs = Object.entries(KINDS).map(([kind, pattern]) => {
    return [kind, [...new Set(Array.from(text.matchAll(pattern), ([name]) => name))].sort()] as const;
  });
  return Object.fromEntries(pairs) as Record<keyof typeof KINDS, string[]>;
}
