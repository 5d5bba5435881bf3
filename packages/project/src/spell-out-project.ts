import { MAKEFILES, type ReadBaseFile } from "./find-commands.ts";
import { readScripts, spellOutScripts } from "./named-scripts.ts";

/**
 * Every command that setting up and testing the base commit comes to, by way of its scripts and targets.
 * @param commands that set up and test it, as they are run
 * @param names files and folders at the top
 */
export async function spellOutProject(
  commands: readonly string[],
  names: ReadonlySet<string>,
  read: ReadBaseFile,
): Promise<string[]> {
  const readFirst = async (wanted: readonly string[]) => {
    const name = wanted.find((each) => names.has(each));
    return name === undefined ? undefined : read(name);
  };
  return spellOutScripts(
    commands,
    readScripts(await readFirst(["package.json"]), await readFirst(MAKEFILES)),
  );
}
