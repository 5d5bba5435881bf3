import { posix } from "node:path";

/** Paths that are tests or belong to them, by their name alone. */
const TEST_PATH =
  /(^|\/)(tests?|specs?|__tests__|testing|fixtures)(\/|$)|(^|\/)(test_|conftest\.)|[._-](test|spec)s?\.\w+$|Tests?\.\w+$|_(test|spec)\.\w+$|(^|\/)tests?\.(py|rs|[cm]?[jt]s)$|(^|\/)src\/([a-z]\w*Test|testFixtures)\//;

export const isTestPath = (path: string): boolean => TEST_PATH.test(path);

/**
 * The repository path of a file that a report names; a file that lies elsewhere stays as it is named.
 * @param root absolute path of the checkout
 */
export function placeFile(file: string, root: string): string {
  const plain = file.replace(/^file:\/\//, "").replaceAll("\\", "/");
  if (plain.startsWith(`${root}/`)) return plain.slice(root.length + 1);
  return plain.replace(/^\.\//, "");
}

/** The repository path of a file that is named from a folder of it, or by its absolute path. */
export function placeBelow(file: string, root: string, folder: string): string {
  if (file.startsWith("/")) return placeFile(file, root);
  return isOwnFile(file) ? posix.join(folder, file) : file;
}

/** Folders of Java's packages that check expectations, and of the runtime that calls them. */
const JVM =
  /^(org\/(junit|opentest4j|assertj|hamcrest|testng|mockito|scalatest|spockframework|codehaus|apache\/maven)|junit|java|javax|jdk|sun|kotlin|kotlintest|io\/kotest|scala|groovy|com\/google\/common\/truth)\//;

/** Whether a placed file is the project's own: no library, and no part of a runtime. */
export const isOwnFile = (file: string): boolean =>
  !JVM.test(file) &&
  !/^([\w-]+:|\/|<)|(^|\/)(node_modules|site-packages|dist-packages|vendor|\.venv|\.cargo)\//.test(file);
