import type * as z from "zod";
import type { Contract } from "../contract.ts";
import { readMeta } from "../input-meta.ts";

/**
 * `secret`: passed under `with:` alone. `passed`: the same, though it is no secret, for the action that it is meant for
 * reads no file. `words`: a command or a text in which `${…}` is nothing unusual.
 */
export type KeyKind = "value" | "secret" | "passed" | "words";

/** What one action can be set to. */
export type ActionKeys = {
  /** Whether it reads `.github/patchpilot.yml`. */
  readonly readsFile: boolean;
  readonly inputs: Readonly<Record<string, KeyKind>>;
};

/** The keys of all actions of one release, by action: each bundle knows those of the others. */
export type ReleaseKeys = Readonly<Record<string, ActionKeys>>;

/** The action that reads its settings, in the release that it is part of. */
export type Reader = { readonly action: string; readonly version: string; readonly release: ReleaseKeys };

/** A setting that is wrong, with the sentence that says so. */
export type SettingFault = { readonly name: string; readonly sentence: string };

/** The keys of one action. Whoever asks GitHub reads the file. */
export function makeActionKeys(contract: Contract): ActionKeys {
  const inputs = Object.entries(contract.inputs.shape).map(([name, schema]) => {
    const { secret, passed, words } = readMeta(schema as z.ZodType);
    return [name, secret ? "secret" : passed ? "passed" : words ? "words" : "value"] as const;
  });
  return {
    readsFile: Object.hasOwn(contract.inputs.shape, "github-token"),
    inputs: Object.fromEntries(inputs),
  };
}

/** Reads what `writeActionKeys` wrote: `file` if it reads the file, then inputs as `name` or `name:kind`. */
export function parseActionKeys(text: string): ActionKeys {
  const [reads, ...entries] = text.split(/\s+/);
  const inputs = entries.map((entry) => {
    const [name = "", kind = "value"] = entry.split(":");
    return [name, kind as KeyKind] as const;
  });
  return { readsFile: reads === "file", inputs: Object.fromEntries(inputs) };
}

/** The keys of one action as `parseActionKeys` reads them, most of them a word each. */
export function writeActionKeys({ readsFile, inputs }: ActionKeys): string {
  const entries = Object.entries(inputs).map(([name, kind]) => (kind === "value" ? name : `${name}:${kind}`));
  return [readsFile ? "file" : "no-file", ...entries].join(" ");
}

/** The keys of the action that reads. */
export function ownKeys({ action, release }: Reader): ActionKeys {
  const own = release[action];
  if (own === undefined) throw new Error(`${action} is not among the actions of its release.`);
  return own;
}

/** The actions that have an input. */
export const actionsWith = (release: ReleaseKeys, input: string): string[] =>
  Object.keys(release).filter((action) => kindIn(release, action, input) !== undefined);

/** Whether an action takes an input from the file. */
export const takesFromFile = (release: ReleaseKeys, action: string, input: string): boolean =>
  release[action]?.readsFile === true && kindIn(release, action, input) !== "passed";

function kindIn(release: ReleaseKeys, action: string, input: string): KeyKind | undefined {
  const inputs = release[action]?.inputs ?? {};
  return Object.hasOwn(inputs, input) ? inputs[input] : undefined;
}

/** What kind of value an input takes; `secret` or `words` if it is that for any action, undefined if none has it. */
export function findKind(release: ReleaseKeys, input: string): KeyKind | undefined {
  const kinds = actionsWith(release, input).map((action) => kindIn(release, action, input));
  return (["secret", "words", "value", "passed"] as const).find((kind) => kinds.includes(kind));
}
