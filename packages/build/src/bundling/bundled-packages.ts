import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { BundledModule, BundleStats } from "@vercel/ncc";

/** A package from outside of which a bundle holds code. */
export type BundledPackage = {
  readonly name: string;
  readonly version: string;
  /** As its package.json says, mostly an SPDX identifier. */
  readonly license?: string;
};

/** The same, with the folder that it is installed in. */
export type InstalledPackage = BundledPackage & { readonly folder: string };

/** Where the list of them is written, from an action's folder: beside what is compiled, since it is not shipped. */
export const BUNDLED_PACKAGES = "lib/bundled-packages.json";

const INSTALLED = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;

/** The packages whose modules ncc put into a chunk, sorted by name and version. */
export function findBundledPackages({ compilation }: BundleStats): InstalledPackage[] {
  const folders = listUsed(compilation).flatMap((file) => INSTALLED.exec(file)?.[1] ?? []);
  const packages = [...new Set(folders)].map(describePackage);
  const byName = new Map(packages.map((each) => [`${each.name}@${each.version}`, each]));
  return [...byName].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each);
}

/** The licences of data that others made: our `lib/a/b.js` is under what `src/a/b.LICENSE.txt` says. */
export function findNotices({ compilation }: BundleStats): string[] {
  const places = listUsed(compilation).map((file) =>
    file.replace(/([\\/])lib([\\/].*)\.js$/, "$1src$2.LICENSE.txt"),
  );
  return [...new Set(places)]
    .filter((place) => place.endsWith(".LICENSE.txt") && existsSync(place))
    .sort()
    .map((place) => `${basename(place, ".LICENSE.txt")}\n${readFileSync(place, "utf8").trim()}\n`);
}

/** The files whose code is in a chunk. */
function listUsed({ modules, chunkGraph }: BundleStats["compilation"]): string[] {
  return [...modules].filter((module) => chunkGraph.getNumberOfModuleChunks(module) > 0).flatMap(listFiles);
}

/** The files of a module; webpack joins several to one. */
function listFiles({ resource, modules }: BundledModule): string[] {
  return [...(resource === undefined ? [] : [resource]), ...(modules ?? []).flatMap(listFiles)];
}

function describePackage(folder: string): InstalledPackage {
  const text = readFileSync(join(folder, "package.json"), "utf8");
  const { name, version, license } = JSON.parse(text) as Partial<BundledPackage>;
  if (!name || !version) throw new Error(`${folder}/package.json has no name or no version. Leave it out.`);
  return { name, version, ...(typeof license === "string" ? { license } : {}), folder };
}

/** Names and licences of packages, with the texts that a copy of their code has to carry. */
export function collectLicenses(packages: readonly InstalledPackage[]): string {
  const entries = packages.map(({ name, license = "no licence named", folder }) => {
    const file = readdirSync(folder).find((each) => /^licen[cs]e(\.|$)/i.test(each));
    const text = file === undefined ? "" : `${readFileSync(join(folder, file), "utf8").trim()}\n`;
    return `${name}\n${license}\n${text}`;
  });
  return entries.join("\n");
}
