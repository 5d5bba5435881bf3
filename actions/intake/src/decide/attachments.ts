/** A file or an image that a text of GitHub's links to; everything is hostile text. */
export type Attachment = {
  readonly name: string;
  readonly url: string;
  readonly kind: "text" | "image" | "other";
};

/** Most attachments of one text. */
const MOST = 20;
const TEXT = /\.(txt|log|json[cl]?|csv|tsv|md|patch|diff|ya?ml|toml|ini|xml|html?|sql|out|err|trace)$/i;
const IMAGE = /\.(png|jpe?g|gif|webp|svg|bmp|heic)$/i;

/** Markdown's links and images, and the `<img>` that GitHub's editor writes for a pasted image. */
const LINK = /(!?)\[([^[\]\n]{0,200})\]\((https:\/\/[^\s()<>"]{1,500})\)/g;
const IMG = /<img\b[^>]{0,600}>/gi;

/**
 * What people attached to a text, in order: only what GitHub itself stores for the issue, by its address. Pure.
 * @param serverUrl GitHub's pages, as `https://github.com`
 */
export function findAttachments(text: string, serverUrl: string): Attachment[] {
  const found: (Attachment & { readonly at: number })[] = [];
  for (const { index, 1: mark = "", 2: label = "", 3: url = "" } of text.matchAll(LINK))
    if (isStored(url, serverUrl)) found.push({ at: index, url, ...sort(label, url, mark === "!") });
  for (const { index, 0: tag } of text.matchAll(IMG)) {
    const url = /\bsrc\s*=\s*["']([^"']{1,500})["']/i.exec(tag)?.[1] ?? "";
    const label = /\balt\s*=\s*["']([^"']{0,200})["']/i.exec(tag)?.[1] ?? "";
    if (isStored(url, serverUrl)) found.push({ at: index, url, ...sort(label, url, true) });
  }
  return found
    .sort((a, b) => a.at - b.at)
    .map(({ name, url, kind }) => ({ name, url, kind }))
    .slice(0, MOST);
}

function sort(label: string, url: string, isImage: boolean): Pick<Attachment, "name" | "kind"> {
  const file = decodeURIComponent(new URL(url).pathname.split("/").at(-1) ?? "").trim();
  const name = label.trim() || file || "attachment";
  if (isImage || IMAGE.test(file)) return { name, kind: "image" };
  return { name, kind: TEXT.test(file) || TEXT.test(name) ? "text" : "other" };
}

/** `/user-attachments/files/1/a.log`, `/user-attachments/assets/<uuid>`, or the same below a repository, as it was before. */
const PATH = /^\/(user-attachments|[\w.-]{1,100}\/[\w.-]{1,100})\/(files|assets)\/[\w/%.,+@~()-]{1,400}$/;
const IMAGE_HOSTS = /^(user-images|private-user-images)\.githubusercontent\.com$/;

function isStored(address: string, serverUrl: string): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== "" || url.password !== "") return false;
  try {
    decodeURIComponent(url.pathname);
  } catch {
    return false;
  }
  if (url.protocol === "https:" && IMAGE_HOSTS.test(url.hostname)) return true;
  return url.origin === new URL(serverUrl).origin && PATH.test(url.pathname);
}
