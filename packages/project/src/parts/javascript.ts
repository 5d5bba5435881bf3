import type { BaseFolder } from "../base-files.ts";
import { installByNpm, makePart, type NeededTool, type Part } from "../part.ts";
import { readJson } from "../read-json.ts";

/** What npm writes into a new package.json. */
const NO_TEST = /no test specified/i;

/** A package manager in one version, and how it is called. */
export type Manager = {
  readonly name: "npm" | "pnpm" | "yarn" | "bun";
  /** As `packageManager` or CI says it, such as `10.0.0`. */
  readonly version: string | undefined;
  readonly setup: string | undefined;
};

/** The package of a folder; undefined where it has no tests and no member that could have some. */
export async function findJavaScript(folder: BaseFolder): Promise<Part | undefined> {
  const manifest = readJson(await folder.read("package.json"));
  const manager = await findManager(folder, manifest);
  const test = findTest(folder, manifest, manager);
  if (test === undefined) return undefined;
  return makePart({
    folder: folder.path,
    language: "JavaScript",
    source: "package.json",
    setup: manager.setup,
    test,
    needs: listNeeds(manager),
    places: { path: [], variables: manager.name === "npm" ? {} : { COREPACK_HOME: "corepack" } },
    variables: manager.name === "npm" ? {} : { COREPACK_ENABLE_DOWNLOAD_PROMPT: "0" },
  });
}

function findTest(
  folder: BaseFolder,
  { scripts, workspaces }: Readonly<Record<string, unknown>>,
  { name }: Manager,
): string | undefined {
  const script = (scripts as Record<string, unknown> | undefined)?.["test"];
  if (typeof script === "string" && !NO_TEST.test(script))
    return name === "bun" ? "bun run test" : `${name} test`;
  // A root without tests: those of all its members.
  if (folder.names.has("pnpm-workspace.yaml")) return "pnpm --recursive --if-present test";
  if (workspaces === undefined) return undefined;
  if (name === "yarn") return "yarn workspaces run test";
  return name === "bun" ? "bun run --filter '*' test" : "npm test --workspaces --if-present";
}

async function findManager(
  folder: BaseFolder,
  manifest: Readonly<Record<string, unknown>>,
): Promise<Manager> {
  const [, named, version] = /^(npm|pnpm|yarn|bun)@([\w.-]+)/.exec(String(manifest["packageManager"])) ?? [];
  const has = (name: string) => folder.names.has(name);
  const made = (name: Manager["name"], setup: string | undefined): Manager => ({
    name,
    version: named === name ? version : undefined,
    setup,
  });
  const name = named as Manager["name"] | undefined;
  const locked = (lock: string, frozen: string, open: string) =>
    folder.holds(lock) ? frozen : has(lock) ? open : undefined;
  const pnpm = locked(
    "pnpm-lock.yaml",
    "pnpm install --frozen-lockfile",
    "pnpm install --no-frozen-lockfile",
  );
  const berry = has(".yarnrc.yml") || (name === "yarn" && /^[2-9]/.test(version ?? ""));
  const yarn = locked(
    "yarn.lock",
    `yarn install ${berry ? "--immutable" : "--frozen-lockfile"}`,
    `yarn install ${berry ? "--no-immutable" : ""}`.trim(),
  );
  const bunLock = ["bun.lock", "bun.lockb"].find(has);
  const bun = bunLock && locked(bunLock, "bun install --frozen-lockfile", "bun install");
  const npmLock = ["package-lock.json", "npm-shrinkwrap.json"].find(has);
  const npm = npmLock && locked(npmLock, "npm ci", "npm install");
  const setups = { pnpm, yarn, bun, npm };
  // Without a lockfile nobody knows what to install; a project without dependencies needs nothing.
  if (name !== undefined) return made(name, setups[name]);
  const found = (["pnpm", "yarn", "bun", "npm"] as const).find((each) => setups[each] !== undefined);
  return made(found ?? "npm", found && setups[found]);
}

/** Corepack checks signatures and the hash of `packageManager`; without it npm's registry has the same packages. */
export function listNeeds({ name, version }: Pick<Manager, "name" | "version">): NeededTool[] {
  if (name === "npm") return [{ program: "npm" }];
  const at = version === undefined ? "" : `@${version}`;
  if (name === "bun") return [{ program: "npm" }, { program: "bun", install: installByNpm(`bun${at}`) }];
  const berry = name === "yarn" && /^[2-9]/.test(version ?? "");
  const spec = berry ? `@yarnpkg/cli-dist${at}` : `${name}${at}`;
  return [
    { program: "npm" },
    {
      program: name,
      // The first yarn refuses projects of the later ones.
      major: berry ? version?.split(".", 1)[0] : undefined,
      install: `{ corepack enable --install-directory "$PATCHPILOT_TOOLS/bin" ${name} && ${name} --version >/dev/null; } 2>/dev/null || { rm -f "$PATCHPILOT_TOOLS"/bin/{pnpm,pnpx,yarn,yarnpkg}; ${installByNpm(spec)}; }`,
    },
  ];
}
