/** Parts of package.json and composer.json that say how a project is set up and tested. */
const MANIFEST_SECTIONS = [
  "scripts",
  "scripts-descriptions",
  "config",
  "packageManager",
  "trustedDependencies",
  "workspaces",
  "jest",
  "vitest",
  "mocha",
  "ava",
  "tap",
  "c8",
  "nyc",
  "wtr",
];

type Manifest = Readonly<Record<string, unknown>>;

/**
 * The patched manifest with the base's sections about testing. Where it is gone or no JSON, the base's as a whole.
 * @returns the patched text itself where those sections are the same
 */
export function keepManifestSections(
  base: string | undefined,
  patched: string | undefined,
): string | undefined {
  const before = readManifest(base) ?? {};
  const after = readManifest(patched);
  if (after === undefined) return base;
  const different = MANIFEST_SECTIONS.filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  if (different.length === 0) return patched;
  const kept = Object.entries(after).filter(([name]) => !different.includes(name));
  const restored = different.flatMap((name) => (name in before ? [[name, before[name]] as const] : []));
  return `${JSON.stringify(Object.fromEntries([...kept, ...restored]), null, 2)}\n`;
}

/** Settings of a package.json that decide how modules are found and read: tests notice, and a fix may need them. */
const MODULE_SETTINGS = ["type", "imports"];

/** Whether those settings of a package.json differ. */
export function moduleSettingsDiffer(base: string | undefined, patched: string | undefined): boolean {
  const [before, after] = [readManifest(base) ?? {}, readManifest(patched) ?? {}];
  return MODULE_SETTINGS.some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

function readManifest(text: string | undefined): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Manifest)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The patched text of an INI or TOML file with the base's sections of certain names.
 * @param wanted matches the names of those sections
 * @returns the patched text itself where those sections are the same
 */
export function keepTextSections(
  base: string | undefined,
  patched: string | undefined,
  wanted: RegExp,
): string | undefined {
  if (patched === undefined) return base;
  const [ours, theirs] = [splitSections(base ?? ""), splitSections(patched)].map((sections) => ({
    wanted: sections.filter(({ name }) => wanted.test(name)).map(({ text }) => text.trimEnd()),
    others: sections.filter(({ name }) => !wanted.test(name)).map(({ text }) => text),
  }));
  if (ours?.wanted.join("\n") === theirs?.wanted.join("\n")) return patched;
  const others = theirs?.others.join("").trimEnd() ?? "";
  return `${[others, ...(ours?.wanted ?? [])].filter((part) => part !== "").join("\n\n")}\n`;
}

/** Sections by their headers `[name]` and `[[name]]`; what stands before the first has the name "". */
function splitSections(text: string): { name: string; text: string }[] {
  const sections = [{ name: "", text: "" }];
  for (const line of text.split(/(?<=\n)/)) {
    const name = /^\s*\[{1,2}\s*([^[\]]+?)\s*\]{1,2}\s*(#.*)?$/.exec(line.trimEnd())?.[1];
    if (name === undefined) (sections.at(-1) as { text: string }).text += line;
    else sections.push({ name: name.replace(/["']|\s(?=\.)|(?<=\.)\s/g, ""), text: line });
  }
  return sections;
}
