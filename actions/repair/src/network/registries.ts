import { basename } from "node:path/posix";
import { type Address, formatAddress, readAddress } from "./address.ts";
import { ECOSYSTEMS } from "./ecosystems.ts";
import { REGISTRY_RULES } from "./registry-files.ts";

/** Whether a file may name registries. */
export const mayNameRegistries = (path: string): boolean =>
  REGISTRY_RULES.some(({ file }) => file.test(basename(path)));

/**
 * The registries of a project, each once.
 * @param paths of all its files
 * @param texts of those that may name registries, by path
 */
export function findRegistries(paths: readonly string[], texts: ReadonlyMap<string, string>): Address[] {
  const names = new Set(paths.map((path) => basename(path)));
  const defaults = ECOSYSTEMS.filter(({ files }) => [...names].some((name) => files.test(name))).flatMap(
    ({ hosts }) => hosts,
  );
  const named = [...texts]
    .flatMap(([path, text]) =>
      REGISTRY_RULES.filter(({ file }) => file.test(basename(path))).flatMap(({ urls }) => urls(text)),
    )
    .map((url) => url.replace(/^(git|sparse)\+/, ""))
    .filter((url) => /^https?:/i.test(url));
  const addresses = [...defaults, ...named].flatMap((url) => readAddress(url) ?? []);
  return [...new Map(addresses.map((address) => [formatAddress(address), address])).values()];
}
