import { CONFIGURATION_PATH } from "../configuration.ts";
import { isMapping } from "./judge-value.ts";
import {
  actionsWith,
  findKind,
  type Reader,
  type ReleaseKeys,
  type SettingFault,
  takesFromFile,
} from "./keys.ts";
import { findNearest, fold } from "./nearest.ts";
import { spellOut } from "./spell-out.ts";

/** What people call a place for settings, and no action is ever called. */
const NO_ACTION =
  /^(actions?|all|common|config(uration)?|defaults?|env(ironments?)?|global|inputs?|options?|patchpilot|settings?|vars|variables|with)$/;

/**
 * Judges a name at the top of the file that is neither an input nor an action of this release. What may be the section
 * of a newer action is no fault.
 */
export function judgeUnknownKey(where: string, name: string, value: unknown, reader: Reader): SettingFault[] {
  const fault = (rest: string): SettingFault[] => [{ name, sentence: `${where} ${rest}` }];
  if (name.trim() === "")
    return [{ name, sentence: `A line in ${CONFIGURATION_PATH} has no name before its colon.` }];
  if (isMapping(value) && NO_ACTION.test(fold(name)))
    return fault("is not an action: write its lines at the top of the file, or below the name of an action.");
  const right = rightNames(name, value, reader.release);
  if (right.length > 0) return fault(`is unknown: it should be ${spellOut(right, "or")}.`);
  if (!isMapping(value))
    return fault(
      `is unknown to ${reader.action} ${reader.version}; if a newer action knows it, put it into that action's section.`,
    );
  return misplacedKeys(value, reader.release).flatMap((key) =>
    fault(
      `is not an action that ${reader.action} ${reader.version} knows, and has \`${key}\`: ${describeRightPlace(key, reader.release)} If \`${name}\` is a newer action, set \`${key}\` under its \`with:\`.`,
    ),
  );
}

/** The names that were meant, as the sentence says them. */
function rightNames(name: string, value: unknown, release: ReleaseKeys): string[] {
  const actions = Object.keys(release);
  const heading = fold(name).replace(/^patchpilot[-/]|@.*$/g, "");
  const sections = isMapping(value)
    ? [...actions.filter((action) => isForm(heading, action)), ...findNearest(heading, actions)]
    : [];
  const inputs = actions.flatMap((action) => Object.keys(release[action]?.inputs ?? {}));
  const right = sections.length > 0 ? sections : findNearest(name, [...inputs, ...actions]);
  return [...new Set(right)].map((each) => describeKey(each, release));
}

/** `verify` and `recovery` mean verify-recovery, `dispatching` and `dispatcher` mean dispatch. */
const isForm = (heading: string, action: string): boolean =>
  action.split("-").includes(heading) ||
  (heading.startsWith(action) && /^[a-z]+$/.test(heading.slice(action.length)));

function describeKey(name: string, release: ReleaseKeys): string {
  if (Object.hasOwn(release, name))
    return release[name]?.readsFile ? `the section \`${name}\`` : `\`${name}\`'s inputs under \`with:\``;
  if (findKind(release, name) === "secret") return `\`${name}\`, a secret, under \`with:\``;
  const owners = actionsWith(release, name);
  return owners.some((owner) => takesFromFile(release, owner, name))
    ? `\`${name}\``
    : `\`${name}\`, under the \`with:\` of ${spellOut(
        owners.filter((owner) => !release[owner]?.readsFile),
        "and",
      )}`;
}

/**
 * What a heading that is no action of this release hides: names of actions, and inputs that `dispatch` alone has. It starts
 * work, so a limit on it that nobody reads must not pass for a newer action's.
 */
function misplacedKeys(section: Readonly<Record<string, unknown>>, release: ReleaseKeys): string[] {
  const limits = Object.keys(release["dispatch"]?.inputs ?? {}).filter(
    (input) => actionsWith(release, input).length === 1,
  );
  // Short names are near to too many words.
  const long = limits.filter((input) => input.length >= 8);
  return Object.keys(section).filter(
    (key) => Object.hasOwn(release, key) || limits.includes(key) || findNearest(key, long).length > 0,
  );
}

const describeRightPlace = (key: string, release: ReleaseKeys): string =>
  Object.hasOwn(release, key)
    ? "write that at the top of the file."
    : "write that at the top of the file, or below `dispatch:`.";
