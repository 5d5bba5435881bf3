import { type BaseFiles, joinPath } from "./base-files.ts";
import { MAKEFILES } from "./file-names.ts";
import { readScripts, spellOutScripts, splitWords } from "./named-scripts.ts";

/** A command and the folder of the base that it runs in, empty for the top. */
export type PlacedCommand = { readonly folder: string; readonly command: string };

/**
 * Every command that setting up and testing the base commit comes to, by way of the scripts and targets of the folders
 * that they run in. Programs below the top are named by their paths from the top.
 */
export async function spellOutProject(
  commands: readonly PlacedCommand[],
  files: BaseFiles,
): Promise<string[]> {
  const folders = [...new Set(commands.map(({ folder }) => folder))];
  const spelt = await Promise.all(
    folders.map(async (folder) => {
      const readFirst = async (wanted: readonly string[]) => {
        const name = wanted.find((each) => files.paths.includes(joinPath(folder, each)));
        return name === undefined ? undefined : files.read(joinPath(folder, name));
      };
      const scripts = readScripts(await readFirst(["package.json"]), await readFirst(MAKEFILES));
      const texts = spellOutScripts(
        commands.filter((each) => each.folder === folder).map(({ command }) => command),
        scripts,
      );
      return folder === "" ? texts : [...texts, ...texts.map((text) => fromTheTop(text, folder))];
    }),
  );
  return spelt.flat();
}

const fromTheTop = (text: string, folder: string): string =>
  splitWords(text)
    .map((word) => joinPath(folder, word))
    .join(" ");
