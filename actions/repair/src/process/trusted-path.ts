import { delimiter, isAbsolute, resolve, sep } from "node:path";

/**
 * PATH for programs that this action starts itself, such as git: without folders of the checkout, where an agent could
 * leave programs of the same names.
 */
export const trustedPath = (path: string | undefined, workspace: string): string =>
  (path ?? "")
    .split(delimiter)
    .filter(
      (entry) => isAbsolute(entry) && !`${resolve(entry)}${sep}`.startsWith(`${resolve(workspace)}${sep}`),
    )
    .join(delimiter);
