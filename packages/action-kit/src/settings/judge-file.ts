import { CONFIGURATION_PATH } from "../configuration.ts";
import type { Configuration } from "../read-inputs.ts";
import { isMapping, judgeValue } from "./judge-value.ts";
import { actionsWith, findKind, ownKeys, type Reader, type SettingFault, takesFromFile } from "./keys.ts";
import { spellNames } from "./spell-out.ts";
import { unknownInput } from "./unknown-input.ts";
import { judgeUnknownKey } from "./unknown-key.ts";

/** What the file sets for one action, by input, and what is wrong with the file. */
type JudgedFile = { readonly values: Configuration; readonly faults: readonly SettingFault[] };

/**
 * Judges the configuration file for one action. A name at its top is an input, for all actions that have it, or an
 * action's, whose section holds inputs for it alone and wins. Sections of other actions are left to these. Pure.
 */
export function judgeFile(file: Configuration, reader: Reader): JudgedFile {
  const own = Object.hasOwn(file, reader.action) ? file[reader.action] : undefined;
  const section = isMapping(own) && ownKeys(reader).readsFile ? own : {};
  return {
    values: Object.fromEntries(
      [...Object.entries(file), ...Object.entries(section)].filter(
        ([name]) =>
          Object.hasOwn(ownKeys(reader).inputs, name) && takesFromFile(reader.release, reader.action, name),
      ),
    ),
    faults: [
      ...Object.entries(file).flatMap(([name, value]) => judgeTop(name, value, reader)),
      ...Object.entries(section).flatMap(([name, value]) => judgeOwn(name, value, reader)),
    ],
  };
}

function judgeTop(name: string, value: unknown, reader: Reader): SettingFault[] {
  const { release } = reader;
  const where = `\`${name}\` in ${CONFIGURATION_PATH}`;
  if (Object.hasOwn(release, name)) return judgeHeading(where, name, value, reader);
  const kind = findKind(release, name);
  if (kind === undefined) return judgeUnknownKey(where, name, value, reader);
  const owners = actionsWith(release, name);
  if (kind === "secret" || owners.some((owner) => takesFromFile(release, owner, name)))
    return judgeValue(where, name, value, kind);
  const readers = owners.filter((owner) => release[owner]?.readsFile !== true);
  const remedy = `set it under the \`with:\` of ${spellNames(readers, "and")}, which reads no file`;
  return [{ name, sentence: `${where} has no effect; ${remedy}.` }];
}

function judgeHeading(where: string, action: string, value: unknown, { release }: Reader): SettingFault[] {
  if (release[action]?.readsFile !== true)
    return [
      {
        name: action,
        sentence: `${where} has no effect: ${action} reads no file. Set its inputs under \`with:\`.`,
      },
    ];
  if (value === null || isMapping(value)) return [];
  return [
    {
      name: action,
      sentence: `${where} is an action: write its inputs below it, one \`name: value\` a line.`,
    },
  ];
}

function judgeOwn(name: string, value: unknown, reader: Reader): SettingFault[] {
  const where = `\`${name}\` below \`${reader.action}:\` in ${CONFIGURATION_PATH}`;
  const { inputs } = ownKeys(reader);
  const kind = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  if (kind === "passed") return [{ name, sentence: `${where} has no effect; set it under \`with:\`.` }];
  if (kind !== undefined) return judgeValue(where, name, value, kind);
  return [unknownInput(where, name, reader, "take it out, or use a release that has it.")];
}
