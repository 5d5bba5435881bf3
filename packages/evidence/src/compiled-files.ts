import type { FrameEvidence } from "./frame-evidence.ts";
import { readReportedPath } from "./reported-path.ts";
import type { Frame } from "./thrown.ts";

/** Folders of build output. A framework's own layout has no counterpart among the sources. */
const BUILD_FOLDER = /^(?:dist|build|lib|out|compiled|\.webpack|tsc)$/;
const OWN_LAYOUT = /^(?:\.svelte-kit|\.output|\.nuxt|_app|\.astro|\.open-next)$/;
/** Chunks that hold a whole application, or what all parts of it share. */
const WHOLE_BUNDLE =
  /^(?:index|main|main-app|app|server|client|handler|bundle|vendors?|runtime|polyfills?|framework|webpack|commons?|chunk|shared|worker|sw|entry|entrypoint|bootstrap|utils?|lib|styles|\d+|[0-9a-f]{8,})$/i;
/** What all pages of Next.js share is in the same chunk as these. */
const SHARED_PAGE = /^(?:_app|_document|_error)\b/;

/**
 * Without source maps a frame names the build's output: `dist/cart.js` was `src/cart.ts`, and `Checkout-BqK1a9Xy.js`
 * rather holds `Checkout.tsx`. Returns what the sources may be called, in groups, the likeliest first. Pure.
 */
export function guessSources(frame: Frame): FrameEvidence[][] {
  const reported = [frame.absolutePath, frame.path].filter((path) => path !== null);
  const evidence = reported
    .map((path): FrameEvidence => ({ ...readReportedPath(path), kind: "path" }))
    .toSorted((one, other) => other.segments.length - one.segments.length)[0];
  const output = /^(.+)\.([cm]?)jsx?$/.exec(evidence?.segments.at(-1) ?? "");
  if (evidence === undefined || output === null || evidence.segments.some((one) => OWN_LAYOUT.test(one)))
    return [];
  const [, stem = "", module = ""] = output;
  const plain = withoutHash(stem);
  const page = findPages(evidence.segments);
  if (page > 0) return SHARED_PAGE.test(stem) ? [] : [guessPage(evidence.segments, page, plain ?? stem)];
  const folders = evidence.segments.slice(0, -1);
  const extensions = [`${module}ts`, "tsx", "jsx"];
  const isBare = folders.length <= (evidence.machine ?? 0);
  const same =
    isBare && WHOLE_BUNDLE.test(stem) ? [] : guessNames(evidence, placeSources(folders), stem, extensions);
  if (plain === null || WHOLE_BUNDLE.test(plain)) return same;
  const chunk = [...extensions, "vue", "svelte", `${module}js`].map((extension) =>
    named([`${plain}.${extension}`], 0),
  );
  return [...same, chunk];
}

/** Where `app` or `pages` is in the output of Next.js, for the server or for the browser; 0 for none. */
function findPages(segments: readonly string[]): number {
  const output = segments.findLastIndex(
    (one, at) =>
      (one === "server" && /^[._]next$/.test(segments[at - 1] ?? "")) ||
      (one === "chunks" && segments[at - 1] === "static"),
  );
  return output > 0 && /^(?:app|pages)$/.test(segments[output + 1] ?? "") ? output + 1 : 0;
}

/** Below `app` and `pages` the output has the folders of the sources. */
function guessPage(segments: readonly string[], page: number, stem: string): FrameEvidence[] {
  return ["tsx", "ts", "jsx", "js", "mdx"].map((extension) =>
    named([...segments.slice(0, -1), `${stem}.${extension}`], page),
  );
}

/** Sources lie in `src` beside the output, or where the output's folder begins. */
function placeSources(folders: readonly string[]): (readonly string[])[] {
  const at = folders.findIndex((folder) => BUILD_FOLDER.test(folder));
  if (at === -1) return [folders];
  const archive = folders.findIndex((folder) => folder.endsWith(".asar"));
  const head = folders.slice(archive + 1, at);
  const tail = folders.slice(at + 1);
  return [
    [...head, "src", ...tail],
    [...head, ...tail],
  ];
}

function guessNames(
  evidence: FrameEvidence,
  places: readonly (readonly string[])[],
  stem: string,
  extensions: readonly string[],
): FrameEvidence[][] {
  return places.map((folders) => {
    const dropped = evidence.segments.length - 1 - folders.length;
    const machine =
      evidence.machine === null ? null : Math.max(0, Math.min(evidence.machine, evidence.machine - dropped));
    return extensions.map((extension) => named([...folders, `${stem}.${extension}`], machine));
  });
}

const named = (segments: readonly string[], machine: number | null): FrameEvidence => ({
  segments,
  machine,
  windows: false,
  kind: "path",
});

/** `Checkout-BqK1a9Xy`, `page-1f2e3d4c5b6a7980`, `Cart.5f3a9c1b.chunk`: the name before the hash; null without one. */
function withoutHash(stem: string): string | null {
  const bare = stem.replace(/\.chunk$/, "");
  const found = /^(.+?)[-.]([\w-]{8}|[0-9a-f]{6,32}|[A-Z0-9]{6,10})$/.exec(bare);
  const hash = found?.[2] ?? "";
  const isRandom = /\d/.test(hash) || /[a-z][A-Z]|[A-Z]{2}[a-z]/.test(hash) || /^[A-Z0-9]+$/.test(hash);
  return found === null || !isRandom ? null : (found[1] ?? null);
}
