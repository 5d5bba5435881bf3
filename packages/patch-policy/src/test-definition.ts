import { judgeTestRole } from "@patchpilot/project";
import type { PatchChange } from "./changes.ts";
import { findIf, makeFinding, type PolicyFinding } from "./rules.ts";
import { lowerName } from "./text/file-kinds.ts";
import type { PatchedFile, PatchText } from "./text/patched-file.ts";

/** Scripts that run wherever the package is installed. */
const INSTALL_SCRIPTS = ["preinstall", "install", "postinstall", "prepare", "prepublish"];
const DEPENDENCIES = [
  "dependencies",
  "devDependencies",
  "peerDependencies",
  "optionalDependencies",
  "overrides",
  "resolutions",
  "pnpm",
];
const MANIFEST =
  /^(?:requirements[\w.-]*\.txt|setup\.cfg|constraints[\w.-]*\.txt|pipfile|gemfile|[\w.-]+\.gemspec|go\.mod|composer\.json|cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|libs\.versions\.toml|[\w.-]+\.csproj|directory\.packages\.props)$/;

/**
 * The files that have a say in how the patch is tested; `repair` puts the base's say back by the same rule. Pure.
 * @param readContent bytes of a blob, before or after the patch
 * @param commands that set up and test the base, spelt out
 */
export function judgeDefinition(
  changes: readonly PatchChange[],
  readContent: (oid: string) => Uint8Array | undefined,
  commands: readonly string[],
): PolicyFinding[] {
  const decodeText = (oid: string | undefined): string | undefined =>
    oid === undefined ? undefined : Buffer.from(readContent(oid) ?? []).toString("utf8");
  return changes
    .filter(({ path, before, after }) => {
      const file = { path, base: decodeText(before?.oid), patched: decodeText(after?.oid) };
      return judgeTestRole(file, commands).kind !== "none";
    })
    .map(({ path }) =>
      makeFinding("changes-how-it-is-tested", `\`${path}\` changes how it is tested.`, { path }),
    );
}

/** What a patch changes of what is installed, and of what runs then. Pure. */
export function judgeManifests({ files }: PatchText, paths: readonly string[]): PolicyFinding[] {
  const known = new Map(files.map((file) => [file.path, file]));
  return paths.flatMap((path) => judgeManifest(path, known.get(path)));
}

function judgeManifest(path: string, file: PatchedFile | undefined): PolicyFinding[] {
  const name = lowerName(path);
  if (name !== "package.json")
    return findIf(MANIFEST.test(name), "dependency", `\`${path}\` may change dependencies.`, { path });
  const [before, after] = [parseManifest(file?.before?.raw), parseManifest(file?.after?.raw)];
  const [then, now] = [section(before, "scripts"), section(after, "scripts")];
  const scripts = INSTALL_SCRIPTS.filter(
    (script) => now[script] !== undefined && now[script] !== then[script],
  );
  return [
    ...scripts.map((script) =>
      makeFinding("install-script", `\`${path}\` sets the script \`${script}\`.`, { path }),
    ),
    ...findIf(
      DEPENDENCIES.some((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part])),
      "dependency",
      `\`${path}\` changes dependencies.`,
      { path },
    ),
  ];
}

type Manifest = Readonly<Record<string, unknown>>;

/** A manifest that is no JSON has no sections, so that whatever it becomes shows as a change. */
function parseManifest(text: string | undefined): Manifest {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? (value as Manifest) : {};
  } catch {
    return { scripts: text };
  }
}

const section = (manifest: Manifest, name: string): Manifest => {
  const value = manifest[name];
  return typeof value === "object" && value !== null ? (value as Manifest) : {};
};
