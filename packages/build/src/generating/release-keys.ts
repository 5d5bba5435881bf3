import { join } from "node:path";
import { makeActionKeys, type ReleaseKeys, writeActionKeys } from "@patchpilot/action-kit/settings";
import type { GeneratedFile } from "./generated-files.ts";
import { loadContract } from "./load-contract.ts";

const PLACE = "packages/action-kit/src/settings/release-keys.ts";

/** What each action can be set to, by its contract. */
export async function loadRelease(folders: readonly string[]): Promise<ReleaseKeys> {
  const entries = folders.map(async (folder) => {
    const contract = await loadContract(folder);
    return [contract.name, makeActionKeys(contract)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The file by which each bundle knows the inputs of all actions of its release. */
export async function releaseKeysFile(
  repository: string,
  folders: readonly string[],
): Promise<GeneratedFile> {
  return { path: join(repository, PLACE), text: releaseKeysText(await loadRelease(folders)) };
}

/** The module, as the formatter leaves it. */
export function releaseKeysText(keys: ReleaseKeys): string {
  return [
    "// Generated from every contract.ts of actions/ by `npm run generate`. Change those, not this file.",
    'import { parseActionKeys, type ReleaseKeys } from "./keys.ts";',
    "",
    "export const RELEASE_KEYS: ReleaseKeys = {",
    ...Object.entries(keys).map(
      ([action, own]) =>
        `  ${propertyName(action)}: parseActionKeys(\`${wrap(writeActionKeys(own)).join("\n    ")}\`),`,
    ),
    "};",
    "",
  ].join("\n");
}

const propertyName = (name: string): string => (/^[a-z]+$/i.test(name) ? name : JSON.stringify(name));

/** Words in lines of at most 70 characters. */
const wrap = (text: string): string[] => text.match(/\S.{0,69}(?= |$)/g) ?? [];
