/** Names that say nothing about where an error occurred. */
const NAMELESS = /^(?:\?|<.*>|‹.*›|\(?anonymous\)?|\[native code\]|native|eval)?$/i;

const MOST_TEXT = 500;

/** Bundles that hold most of an app: without the name of a function they are no place. */
const WHOLE_APPS =
  /^(?:app|bundle|client|commons?|framework|index|main(?:-app)?|polyfills|runtime|server|vendors?)$/;

/** One address for a whole API: what was called stands in the body. */
const WHOLE_APIS = /(?:^|\/)(?:graphql|gql|(?:json-?)?rpc|trpc(?:\/\*)?)$/i;

/**
 * The place that a culprit names, without what changes from build to build or from request to request: hashes of
 * contents, ids of builds, hosts, drives, query strings, lines, ids in paths. Null where it names none.
 * Sentry writes the transaction, else `function(file)` for JavaScript and `module in function` for the rest.
 */
export function normalisePlace(culprit: string): string | null {
  const text = culprit.slice(0, MOST_TEXT).trim();
  const [, called, file] = /^([^()]*)\((.+)\)$/.exec(text) ?? [];
  if (called !== undefined && file !== undefined) return normaliseFrame(file, called);
  const [, module, within] = /^(\S+) in (\S+)$/.exec(text) ?? [];
  if (module !== undefined && within !== undefined) return normaliseFrame(module, within);
  return normaliseTransaction(text);
}

/** The place of a frame; null where neither its file nor its function says much. */
export function normaliseFrame(file: string, called: string): string | null {
  const path = normalisePath(file);
  const name = normaliseFunction(called);
  if (name !== "") return `${path}:${name}`;
  const base = path
    .split("/")
    .at(-1)
    ?.replace(/[.*~_-]+|\b(?:chunk|bundle|min|[cm]?jsx?|tsx?)\b/g, " ")
    .trim();
  return base && !NAMELESS.test(path) && !WHOLE_APPS.test(base) ? path : null;
}

/** `GET /orders/12`, `/orders/[id]` and `https://shop.example/orders/12?page=2` are about one route. */
function normaliseTransaction(text: string): string | null {
  if (NAMELESS.test(text) || text === "<unlabeled transaction>") return null;
  const [, method = "", path = text] = /^([A-Z]+ )?(.*)$/s.exec(text) ?? [];
  if (path === "*") return null;
  if (!path.includes("/")) return maskTokens(text);
  const segments = maskSegments(splitPath(path));
  const isCatchAll = segments.length > 0 && segments.every((segment) => segment === "*");
  const route = segments.join("/");
  return isCatchAll || WHOLE_APIS.test(route) ? null : `${method}/${route}`;
}

/** The last folder is enough, and survives a move to another machine. */
const normalisePath = (file: string): string =>
  maskSegments(splitPath(file).filter((segment) => !/^(?:\.{1,2}|~|\(.*\))$/.test(segment)))
    .slice(-2)
    .join("/");

/** Parameters by any spelling, ids, addresses, and what Next.js calls a build. */
const maskSegments = (segments: readonly string[]): string[] =>
  segments.map((segment, index) => {
    const isBuild = segments[index - 2] === "_next" && !/^(?:chunks|css|media|image)$/.test(segment);
    return isBuild || /^[:[{<*]|^\d+$|@|%40/.test(segment) ? "*" : maskTokens(segment);
  });

/** Without scheme, host, drive, query string and line. */
const splitPath = (text: string): string[] =>
  text
    .replaceAll("\\", "/")
    .replace(/^[a-z][\w+.-]*:\/\/[^/]*/i, "")
    .replace(/^\/?[a-z]:(?=\/)/i, "")
    .replace(/(?<=.)[?#].*$/s, "")
    .replace(/(?::\d+){1,2}$/, "")
    .split("/")
    .filter((segment) => segment !== "");

/** Minifiers use one or two letters, other ones in every build. */
function normaliseFunction(called: string): string {
  const name = called
    .trim()
    .replace(/^(?:async|new) /, "")
    .replace(/^(?:Object|Module|exports|[\w$]{1,2})\./, "");
  return NAMELESS.test(name) || /^[\w$]{1,2}$/.test(name) ? "" : name.replace(/\d+/g, "*");
}

/** `index-BxYz12ab.js`, `872.a333d1c4.js`, `releases/20261129083801`: hashes and numbers of a name are left out. */
function maskTokens(segment: string): string {
  return segment
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, "*")
    .replace(/(?<=[.-])[\w-]{8}(?=\.(?:[cm]?js|css)\b)/, (token) =>
      token.split(/[-_]/).every(isWord) ? token : "*",
    )
    .replace(/[0-9a-zA-Z]+/g, maskToken);
}

const maskToken = (token: string): string =>
  /^\d+$/.test(token) || (token.length >= 6 && !isWord(token)) ? "*" : token;

/** Words in lower case, in capitals or in camel case, with a number of up to four digits behind. */
function isWord(token: string): boolean {
  if (/^(?=.*\d)[0-9a-f]{7,}$/i.test(token)) return false;
  return /^(?:[A-Za-z][a-z]*(?:[A-Z][a-z]{2,})*|[A-Z]+)\d{0,4}$/.test(token) && token.length < 40;
}
