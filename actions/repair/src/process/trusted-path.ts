import { delimiter, isAbsolute, resolve, sep } from "node:path";

/**
 * PATH for programs that this action starts itself, such as git: without folders of the checkout or another one in
 * which an agent or a test could leave programs of the same names.
 */
export const trustedPath = (path: string | undefined, folder: string): string =>
  (path ?? "")
    .split(delimiter)
    .filter((entry) => isAbsolute(entry) && !`${resolve(entry)}${sep}`.startsWith(`${resolve(folder)}${sep}`))
    .join(delimiter);
