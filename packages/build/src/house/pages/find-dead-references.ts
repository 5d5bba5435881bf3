import { posix } from "node:path";
import { readHeadings, withoutFences } from "./headings.ts";
import { type Text, unwrapped } from "./read-texts.ts";

/** What references are looked up in. */
export type Places = {
  /** Whether the repository has this file or folder; paths are from its root. */
  readonly has: (path: string) => boolean;
  /** The text of a file that it has. */
  readonly read: (path: string) => string;
};

/**
 * Pages, sections and names that a text refers to and the repository does not have, one sentence each: links, `docs/….md`,
 * "section N", paths in code spans, and in tables the names in the cell after a linked file. Pure.
 */
export function findDeadReferences(texts: readonly Text[], places: Places): string[] {
  return texts.flatMap((each) => {
    const faults = [
      ...(isPage(each)
        ? [...deadLinks(each, places), ...deadPaths(each, places), ...deadNames(each, places)]
        : []),
      ...(isTest(each) ? [] : [...deadPages(each, places), ...deadSections(each, places)]),
    ];
    return [...new Set(faults)].map((fault) => `${each.path} names ${fault}.`);
  });
}

const isPage = ({ path }: Text): boolean => path.endsWith(".md");
/** Tests hold repositories that somebody made up. */
const isTest = ({ path }: Text): boolean => /\.test\.ts$|\/testing\/|\/tests?\//.test(path);

const LINK = /\]\(([^()\s]+)\)/g;

function deadLinks({ path, text }: Text, places: Places): string[] {
  return [...withoutFences(text).matchAll(LINK)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .flatMap((target) => {
      const [file = "", anchor] = target.split("#");
      const place = file === "" ? path : posix.join(posix.dirname(path), file).replace(/\/$/, "");
      if (!places.has(place)) return [`${place}, which does not exist`];
      if (anchor === undefined || !place.endsWith(".md")) return [];
      const slugs = readHeadings(places.read(place)).map(({ slug }) => slug);
      return slugs.includes(anchor) ? [] : [`#${anchor}, which ${place} does not have`];
    });
}

/** A page by its path from the root, as code and workflows name it. */
const PAGE = /(?<![\w./-])docs\/[\w/-]+\.md/g;

const deadPages = ({ text }: Text, places: Places): string[] =>
  [...withoutFences(text).matchAll(PAGE)].flatMap(([page]) =>
    places.has(page) ? [] : [`${page}, which does not exist`],
  );

const SECTION = /(?:(docs\/[\w/-]+\.md),\s+)?(?<![\w-])section\s+(\d+)/gi;

/** A section is one of the page that is named before it, or of the page that names it. */
function deadSections({ path, text }: Text, places: Places): string[] {
  return [...unwrapped(text).matchAll(SECTION)].flatMap(([, named, number]) => {
    const page = named ?? (path.endsWith(".md") ? path : undefined);
    if (page === undefined) return [`section ${number} of no page; write "docs/….md, section ${number}"`];
    const titles = places.has(page) ? readHeadings(places.read(page)).map(({ title }) => title) : [];
    return titles.some((title) => title.startsWith(`${number}. `))
      ? []
      : [`section ${number}, which ${page} does not have`];
  });
}

/** Paths of this repository; `actions/checkout` and the like are GitHub's. */
const PATH = /`((?:packages\/|docs\/|actions\/[\w-]+\/)[\w./-]+)`/g;

const deadPaths = ({ text }: Text, places: Places): string[] =>
  [...withoutFences(text).matchAll(PATH)].flatMap(([, path = ""]) =>
    places.has(path.replace(/\/$/, "")) ? [] : [`${path}, which does not exist`],
  );

const NAMED_FILE = /\]\(([^()\s#]+\.(?:ts|yml))\)\s*\|\s*((?:`[^`]+`[, ]*)+)\|/g;

/** Rows that name a file and then what is in it, such as the hops of a walk. */
function deadNames({ path, text }: Text, places: Places): string[] {
  return [...text.matchAll(NAMED_FILE)].flatMap(([, target = "", names = ""]) => {
    const place = posix.join(posix.dirname(path), target);
    const source = places.has(place) ? places.read(place) : "";
    return [...names.matchAll(/`([^`]+)`/g)].flatMap(([, name = ""]) =>
      source.includes(name) ? [] : [`\`${name}\`, which ${place} does not hold`],
    );
  });
}
