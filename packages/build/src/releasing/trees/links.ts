import { posix } from "node:path";

/** Where files of a commit are shown: `https://github.com/patchpilot/patchpilot`, at a tag. */
export type Place = { readonly home: string; readonly ref: string };

/**
 * Makes relative links of a page lead to the repository that it comes from.
 * @param folder where the page is in that repository
 * @param isFolder whether a path of that repository is a folder
 */
export function leadHome(
  page: string,
  folder: string,
  { home, ref }: Place,
  isFolder: (path: string) => boolean,
): string {
  const lead = (link: string, isImage: boolean): string => {
    const [path = "", ...fragment] = link.split("#");
    const target = posix.join(folder, path);
    const kind = isFolder(target) ? "tree" : isImage ? "raw" : "blob";
    return `${home}/${kind}/${ref}/${[target, ...fragment].join("#")}`;
  };
  return page
    .replace(
      /(!?)(\[[^\]]*\]\()(?![a-z]+:|#|\/)([^)\s]+)/g,
      (_, image: string, before: string, link: string) => `${image}${before}${lead(link, image !== "")}`,
    )
    .replace(
      /^(\[[^\]]+\]:[ \t]+)(?![a-z]+:|#|\/)(\S+)/gm,
      (_, before: string, link: string) => before + lead(link, false),
    );
}
