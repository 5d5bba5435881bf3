import type { DartPackages, FileMatch, RepositoryFiles } from "./file-match.ts";
import type { Frame, Thrown } from "./thrown.ts";

/** The `package:` address that a frame names: `package:shop/cart.dart` is `lib/cart.dart` of the package `shop`. */
export function readPackageUri({
  path,
  absolutePath,
}: Pick<Frame, "path" | "absolutePath">): { readonly name: string; readonly path: string } | undefined {
  for (const place of [path, absolutePath]) {
    const [, name, rest] = /(?:^|\/)package:([\w.]+)\/(.+)$/.exec(place ?? "") ?? [];
    if (name !== undefined && rest !== undefined) return { name, path: rest };
  }
  return undefined;
}

/** Whether a stack cannot be read without the names of Dart's packages. */
export const needsDartPackages = (chain: readonly Thrown[]): boolean =>
  chain.some(({ frames }) => frames.some((frame) => readPackageUri(frame) !== undefined));

/** Every pubspec of a listing. */
export const listPubspecs = ({ byName }: RepositoryFiles): readonly string[] =>
  (byName.get("pubspec.yaml") ?? []).filter((path) => /(?:^|\/)pubspec\.yaml$/.test(path));

/**
 * Arranges packages by the names that their pubspecs give.
 * @param pubspecs path and text of each
 * @returns undefined if one of them gives no name: what is not named could be that one's
 */
export function arrangeDartPackages(
  pubspecs: readonly (readonly [path: string, text: string | null])[],
): DartPackages | undefined {
  const packages = new Map<string, string[]>();
  for (const [path, text] of pubspecs) {
    // A key of the top level has no blanks before it, and Dart's names are words.
    const name = /^name[ \t]*:[ \t]*(["']?)(\w+)\1[ \t]*(?:#.*)?\r?$/m.exec(text ?? "")?.[2];
    if (name === undefined) return undefined;
    packages.set(name, [...(packages.get(name) ?? []), path.slice(0, -"pubspec.yaml".length)]);
  }
  return packages;
}

/** The file of a `package:` address; undefined if the packages are not known, or the frame has no such address. */
export function findDartFile(
  { byName, complete, dartPackages }: RepositoryFiles,
  frame: Frame,
): FileMatch | undefined {
  const uri = dartPackages === undefined ? undefined : readPackageUri(frame);
  if (uri === undefined) return undefined;
  const folders = dartPackages?.get(uri.name);
  if (folders === undefined) return complete ? { kind: "foreign" } : undefined;
  const wanted = folders.map((folder) => `${folder}lib/${uri.path}`);
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1).toLowerCase();
  const [file, ...others] = (byName.get(name) ?? []).filter((path) => wanted.includes(path));
  if (file === undefined) return { kind: "none" };
  return others.length > 0 ? { kind: "ambiguous", candidates: [file, ...others] } : { kind: "exact", file };
}
