import { actionsWith, ownKeys, type Reader, type SettingFault } from "./keys.ts";
import { findNearest, fold } from "./nearest.ts";
import { spellNames } from "./spell-out.ts";

/**
 * An input that the reading action does not have, with the right name, or the actions that have it.
 * @param where the name and its place
 * @param otherwise what helps if nothing like it is known
 */
export function unknownInput(where: string, name: string, reader: Reader, otherwise: string): SettingFault {
  const { action, version, release } = reader;
  const { inputs } = ownKeys(reader);
  const near = findNearest(name, Object.keys(inputs));
  const others = actionsWith(release, fold(name));
  const remedy =
    near.length > 0
      ? `it should be ${spellNames(near, "or")}.`
      : others.length > 0
        ? `it is an input of ${spellNames(others, "and")}.`
        : otherwise;
  return { name, sentence: `${where} is not an input of ${action} ${version}: ${remedy}` };
}
