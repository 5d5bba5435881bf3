import ncc from "@vercel/ncc";
import { minify } from "oxc-minify";
import {
  type BundledPackage,
  collectLicenses,
  findBundledPackages,
  findNotices,
} from "./bundled-packages.ts";
import { checkLicenses } from "./check-licenses.ts";

/** The files of a bundle by their path below `dist`. */
export type Bundle = ReadonlyMap<string, Buffer>;

/** The licences of everything that is bundled. ncc's own list leaves packages out whose modules it joined. */
const LICENSES = "licenses.txt";

/**
 * @actions/core can fetch OIDC tokens, and for that alone brings undici, 440 kB, which its HTTP client needs behind
 * a proxy. No action asks for such a token, so that this part is left out: in its place stands a module of Node
 * that has nothing of that name, and that every bundle imports anyway.
 */
const LEFT_OUT = { undici: "node:module" };

/**
 * Bundles a compiled entry point with everything that it imports. Chunks of dynamic imports are files of their
 * own, beside index.js; package.json says that they are modules, wherever the bundle is unpacked.
 * Names of chunks follow from paths below the current folder: build in the action's folder to get the same bytes.
 * @param entry absolute path of the compiled `main.js`
 */
export async function buildBundle(
  entry: string,
): Promise<{ readonly bundle: Bundle; readonly packages: readonly BundledPackage[] }> {
  const { code, assets, stats } = await ncc(entry, {
    cache: false,
    externals: LEFT_OUT,
    quiet: true,
    target: "es2024",
  });
  const installed = findBundledPackages(stats);
  checkLicenses(installed);
  const files = [
    ["index.js", code] as const,
    [LICENSES, [collectLicenses(installed), ...findNotices(stats)].join("\n")] as const,
    ...Object.entries(assets).map(([name, { source }]) => [name, source] as const),
    ["package.json", `${JSON.stringify({ type: "module" })}\n`] as const,
  ];
  const sorted = files.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const finished = sorted.map(async ([name, source]) => [name, await finish(name, source)] as const);
  return {
    bundle: new Map(await Promise.all(finished)),
    packages: installed.map(({ folder, ...each }) => each),
  };
}

/** ncc minifies index.js alone and does not compress it, so that every script is minified here. */
async function finish(name: string, source: string | Buffer): Promise<Buffer> {
  if (!isScript(name)) return Buffer.from(source);
  const names = { function: true, class: true };
  const { code, errors } = await minify(name, source.toString(), {
    module: true,
    compress: { target: "es2024", keepNames: names },
    mangle: { toplevel: true, keepNames: names },
    codegen: { legalComments: "none" },
  });
  if (errors.length > 0) throw new Error(`${name} cannot be minified: ${errors[0]?.message}`);
  return Buffer.from(code);
}

const isScript = (name: string): boolean => /\.[cm]?js$/.test(name);

/** Bytes of all JavaScript in a bundle, which is what the runner downloads and Node may load. */
export function scriptBytes(bundle: Bundle): number {
  return [...bundle].reduce((sum, [name, content]) => sum + (isScript(name) ? content.length : 0), 0);
}
