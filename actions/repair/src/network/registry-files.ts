/** Where a file names registries and the archives that it takes from them. Other addresses in it are no registry's. */
type Rule = { readonly file: RegExp; readonly urls: (text: string) => readonly string[] };

/** What the first group of a pattern finds. */
const each =
  (pattern: RegExp) =>
  (text: string): string[] =>
    [...text.matchAll(pattern)].map(([, url = ""]) => url);

/** The same, in the parts of a text alone that another pattern finds. */
const within =
  (part: RegExp, pattern: RegExp) =>
  (text: string): string[] =>
    (text.match(part) ?? []).flatMap(each(pattern));

/** The part of an escaped address that says where it leads. */
const unescapePlace = (url: string): string => url.replace(/%3a/gi, ":").replace(/%2f/gi, "/");

const TOML_URL = /^\s*url\s*=\s*["']([^"']+)/gm;
const PIP_OPTION = /^\s*(?:-i|-f|--(?:extra-)?index-url|--find-links)[=\s]+(\S+)/gm;
const PIP_SETTING = /^\s*(?:extra-)?index-url\s*=\s*\[?["']?([^\s"']+)/gm;
const REQUIREMENT = /^[^#\n]*?@\s*((?:git\+)?https?:\/\/\S+)/gm;

export const REGISTRY_RULES: readonly Rule[] = [
  // `funding` and `homepage` hold addresses, too.
  { file: /^(package-lock|npm-shrinkwrap)\.json$/, urls: each(/"resolved":\s*"([^"]+)"/g) },
  { file: /^pnpm-lock\.yaml$/, urls: each(/\btarball:\s*['"]?([^\s'",}]+)/g) },
  {
    file: /^yarn\.lock$/,
    urls: (text) => [
      ...each(/^\s+resolved "([^"]+)"/gm)(text),
      ...each(/^\s+resolution: ".*?@(https?:[^"]+)"/gm)(text),
      ...each(/__archiveUrl=([^&"]+)/g)(text).map(unescapePlace),
    ],
  },
  { file: /^\.npmrc$/, urls: each(/^\s*(?:@[^:\s]+:)?registry\s*=\s*["']?([^\s"']+)/gm) },
  { file: /^\.yarnrc\.yml$/, urls: each(/^\s*npmRegistryServer:\s*["']?([^\s"']+)/gm) },
  { file: /^\.yarnrc$/, urls: each(/^\s*"?(?:@[^:\s]+:)?registry"?\s+"?([^\s"]+)/gm) },
  {
    file: /^(.*requirements.*|constraints.*)\.(txt|in)$/,
    urls: (text) => [...each(PIP_OPTION)(text), ...each(REQUIREMENT)(text)],
  },
  { file: /^pip\.(conf|ini)$/, urls: each(PIP_SETTING) },
  {
    file: /^(pyproject|uv|pdm)\.toml$/,
    urls: (text) => [
      ...within(/^\[\[(?:tool\.(?:poetry\.source|pdm\.source|uv\.index)|index)\]\][^[]*/gm, TOML_URL)(text),
      ...within(/^\[tool\.uv(?:\.pip)?\](?:[^[]|\[["'])*/gm, PIP_SETTING)(text),
    ],
  },
  { file: /^Pipfile$/, urls: within(/^\[\[source\]\][^[]*/gm, TOML_URL) },
  { file: /^poetry\.lock$/, urls: within(/^\[package\.source\][^[]*/gm, TOML_URL) },
  { file: /^uv\.lock$/, urls: each(/\b(?:registry|url|git)\s*=\s*"(https?:[^"]+)"/g) },
  { file: /^Cargo\.lock$/, urls: each(/^source = "(?:registry|sparse|git)\+(https?:[^"]+)"/gm) },
  {
    file: /^config(\.toml)?$/,
    urls: within(
      /^\[(?:source|registries)\.[^[]*/gm,
      /^\s*(?:registry|index)\s*=\s*["'](?:sparse\+)?(https?:[^"']+)/gm,
    ),
  },
  {
    file: /^(pom|settings)\.xml$/,
    urls: (text) =>
      within(
        /<(repository|pluginRepository|mirror)>[\s\S]*?<\/\1>/g,
        /<url>\s*([^<\s]+)/g,
      )(text.replace(/<distributionManagement>[\s\S]*?<\/distributionManagement>/g, "")),
  },
  {
    file: /\.gradle(\.kts)?$/,
    urls: within(
      /\brepositories\s*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/g,
      /\b(?:url|maven)\b[\s=({]*(?:url[\s=(]*)?(?:uri\()?\s*["'](https?:[^"']+)/g,
    ),
  },
  {
    file: /^(gradle|maven)-wrapper\.properties$/,
    urls: (text) => each(/^(?:distribution|wrapper)Url=(.+)/gm)(text).map((url) => url.replaceAll("\\", "")),
  },
  { file: /^(Gemfile|gems\.rb)$/, urls: each(/^\s*source[\s(]+["']([^"']+)/gm) },
  { file: /^(Gemfile|gems)\.lock(ed)?$/, urls: each(/^\s+remote: (https?:\S+)/gm) },
  {
    file: /^composer\.lock$/,
    urls: within(/"(?:dist|source)": \{[^}]*\}/g, /"url": "(https?:[^"]+)"/g),
  },
  {
    file: /^composer\.json$/,
    urls: within(/"repositories":\s*[[{][\s\S]*?[\]}]\s*[,}]/g, /"url":\s*"(https?:[^"]+)"/g),
  },
  {
    file: /^nuget\.config$/i,
    urls: within(/<packageSources>[\s\S]*?<\/packageSources>/gi, /\bvalue="(https?:[^"]+)"/gi),
  },
];
