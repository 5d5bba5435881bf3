/** A heading of a page, and the anchor that GitHub gives it. */
export type Heading = { readonly title: string; readonly slug: string };

/** A text without its fenced blocks: what looks like a heading or a link there is none. */
export const withoutFences = (text: string): string =>
  text.replace(/^( *)(```+)[^\n]*\n[\s\S]*?\n\1\2 *$/gm, "");

/** The headings of a page, in order. A title that occurs again gets a number, as on GitHub. */
export function readHeadings(text: string): Heading[] {
  const seen = new Map<string, number>();
  return [...withoutFences(text).matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, title = ""]) => {
    const plain = slugOf(title);
    const before = seen.get(plain) ?? 0;
    seen.set(plain, before + 1);
    return { title, slug: before === 0 ? plain : `${plain}-${before}` };
  });
}

const slugOf = (title: string): string =>
  title
    .replace(/\]\([^)]*\)/g, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, "")
    .replaceAll(" ", "-");
