import * as z from "zod";
import type { InputMeta } from "./input-meta.ts";

// For objects, zod would generate a function from each schema: in a run of seconds, that takes longer than it saves.
z.config({ jitless: true });

const described = <S extends z.ZodType>(schema: S, meta: InputMeta): S => schema.meta(meta) as S;

const fault = (context: z.RefinementCtx<string>, sentence: string): never => {
  context.addIssue({ code: "custom", message: sentence, input: context.value });
  return z.NEVER;
};

const parsed = <T>(read: (value: string, context: z.RefinementCtx<string>) => T) =>
  z.string().transform((value, context) => read(value.trim(), context));

/** A text that may be absent. */
export const text = (description: string) => described(parsed((value) => value).optional(), { description });

/** A text for an action that reads no file: this one takes it under `with:` alone, too. */
export const passed = (description: string) =>
  described(parsed((value) => value).optional(), { description, passed: true });

/** A command, or a text as people write it, that may be absent. */
export const words = (description: string) =>
  described(parsed((value) => value).optional(), { description, words: true });

/** A text with a default. */
export const textOr = (fallback: string, description: string) =>
  described(parsed((value) => value).default(fallback), { description, shownDefault: fallback });

/** A secret that may be absent; it is masked in the log and never read from the configuration file. */
export const secret = (description: string) =>
  described(parsed((value) => value).optional(), { description, secret: true });

/** Secrets that the action itself does not use, one a line: they are masked, and hidden in what is written. */
export const secretLines = (description: string) =>
  described(parsed((value) => value).optional(), { description, secret: true, lines: true });

/**
 * A secret without which every run fails: action.yml and README mark it.
 * @param missing what such a run says, after the input's name: "is missing; …"
 */
export const requiredSecret = (description: string, missing: string) =>
  described(
    z.string({ error: missing }).transform((value) => value.trim()),
    { description, secret: true },
  );

/** Comma- or line-separated names; empty entries fall away. */
export const list = (fallback: readonly string[], description: string) =>
  described(parsed((value) => splitList(value)).default([...fallback]), {
    description,
    shownDefault: fallback.join(","),
  });

/** What an input that names people may hold beside them. */
const CODE_OWNERS = "codeowners";

/** Whom an input names: `@login` and `@organization/team`, and whether the owners of the files, by CODEOWNERS. */
export type People = { readonly names: readonly string[]; readonly codeOwners: boolean };

/** A login, which an enterprise may end with `_` and its short code; a team with its organization. */
const PERSON = /^@?(?!-)[A-Za-z0-9-]{1,39}(?:_[A-Za-z0-9]{1,20})?$/;
const TEAM = /^@?(?!-)[A-Za-z0-9-]{1,39}\/[A-Za-z0-9_][\w.-]{0,99}$/;

/** People and teams as GitHub mentions them: `@maya`, `@acme/web`. Commas, spaces or lines stand between them. */
export const people = (description: string) =>
  described(
    parsed((value, context): People => {
      const given = splitList(value.replace(/\s+/g, ","));
      const odd = given.filter((name) => !PERSON.test(name) && !TEAM.test(name));
      if (odd.length > 0)
        return fault(
          context,
          `names ${odd.join(", ")}; write logins such as @maya, teams such as @acme/web, or ${CODE_OWNERS}`,
        );
      const names = given.filter((name) => name !== CODE_OWNERS).map((name) => `@${name.replace(/^@/, "")}`);
      return { names: [...new Set(names)], codeOwners: given.includes(CODE_OWNERS) };
    }).default({ names: [], codeOwners: false }),
    { description, shownDefault: "" },
  );

type NumberRange = { readonly least: number; readonly most: number };

const numberWithin = (whole: boolean) => (fallback: number, range: NumberRange, description: string) =>
  described(parsed((value, context) => readNumber(value, context, range, whole)).default(fallback), {
    description,
    shownDefault: String(fallback),
  });

/** A whole number within [least, most]. */
export const integer = numberWithin(true);

/** A number within [least, most]; decimals are written with a point. */
export const decimal = numberWithin(false);

/** A number that may be absent. */
export const decimalOrAbsent = (range: NumberRange, description: string) =>
  described(parsed((value, context) => readNumber(value, context, range, false)).optional(), { description });

/** `true` or `false`, in any case, as YAML users write it. */
export const flag = (fallback: boolean, description: string) =>
  described(
    parsed((value, context) => {
      if (/^(true|yes|on|1)$/i.test(value)) return true;
      if (/^(false|no|off|0)$/i.test(value)) return false;
      return fault(context, `is "${value}"; write true or false`);
    }).default(fallback),
    { description, shownDefault: String(fallback) },
  );

const STOPS = /^(true|1|stop|yes|on)$/i;
const GOES_ON = /^(false|0|no|off)$/i;

/** The kill switch. A word that it does not know is a fault: whoever meant to stop a run must not start it. */
export const killSwitch = (description: string) =>
  described(
    parsed((value, context) =>
      STOPS.test(value) || GOES_ON.test(value)
        ? value
        : fault(context, `is "${value}"; write true to make runs read-only, or false`),
    ).default("false"),
    { description, shownDefault: "false" },
  );

/** Whether the kill switch is on. */
export const isStopped = (stop: string): boolean => STOPS.test(stop);

/** One of a few names. */
export const choice = <const Names extends readonly [string, ...string[]]>(
  names: Names,
  fallback: Names[number],
  description: string,
) =>
  described(
    parsed((value, context): Names[number] =>
      (names as readonly string[]).includes(value)
        ? (value as Names[number])
        : fault(context, `is "${value}"; it must be one of ${names.join(", ")}`),
    ).default(fallback as never),
    { description, shownDefault: fallback },
  );

/** Several of a few names. */
export const choices = <const Names extends readonly [string, ...string[]]>(
  names: Names,
  fallback: readonly Names[number][],
  description: string,
) =>
  described(
    parsed((value, context): Names[number][] => {
      const given = splitList(value);
      const unknown = given.filter((name) => !(names as readonly string[]).includes(name));
      return unknown.length === 0
        ? (given as Names[number][])
        : fault(context, `names ${unknown.join(", ")}; it may hold ${names.join(", ")}`);
    }).default([...fallback]),
    { description, shownDefault: fallback.join(",") },
  );

/** An http(s) address without credentials, query or trailing slash; paths are kept (GHES, proxies). */
export const url = (fallback: string, description: string) =>
  described(parsed(readUrl).default(fallback), { description, shownDefault: fallback });

export const urlOrAbsent = (description: string) =>
  described(parsed(readUrlWithQuery).optional(), { description });

/** owner/name. */
export const repositoryOrAbsent = (description: string) =>
  described(parsed(readRepository).optional(), { description });

/** A value that the runner always fills in from an expression. */
export const fromRunner = (expression: string, description: string, options: { secret?: boolean } = {}) =>
  described(parsed((value) => value).optional(), {
    description,
    runnerDefault: expression,
    shownDefault: expression,
    ...options,
  });

/** Which issues a run handles. `auto` waits for the run to say; an explicit empty list means none. */
export type IssueSelection = "auto" | readonly number[];

/** The input `issues`. The only input for which the empty string is not "absent". */
export const issueSelection = (description: string) =>
  described(
    parsed((value, context): IssueSelection => {
      if (value === "auto") return "auto";
      const entries = splitList(/^\[.*\]$/s.test(value) ? value.slice(1, -1) : value);
      // Digits alone: Number() would also take 0x10 and 1e3, and a slip must not act on another issue.
      if (entries.every((entry) => /^[1-9]\d{0,9}$/.test(entry))) return [...new Set(entries.map(Number))];
      return fault(context, `is "${value}"; write auto, a JSON array such as [12,15], or 12,15`);
    }).default("auto"),
    { description, shownDefault: "auto", runnerDefault: "auto", emptyMeans: "none" },
  );

/** Splits at commas and line breaks; trims; drops empty entries. */
export function splitList(value: string): string[] {
  return value
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

function readNumber(
  value: string,
  context: z.RefinementCtx<string>,
  range: NumberRange,
  whole: boolean,
): number {
  const number = Number(value);
  const fits = /^-?\d+(\.\d+)?$/.test(value) && number >= range.least && number <= range.most;
  if (fits && (!whole || Number.isInteger(number))) return number;
  const kind = whole ? "a whole number" : "a number";
  return fault(context, `is "${value}"; write ${kind} from ${range.least} to ${range.most}`);
}

function readUrl(value: string, context: z.RefinementCtx<string>): string {
  const address = readUrlWithQuery(value, context);
  return typeof address === "string" ? address.replace(/[?#].*$/, "").replace(/\/+$/, "") : address;
}

function readUrlWithQuery(value: string, context: z.RefinementCtx<string>): string {
  const address = URL.canParse(value) ? new URL(value) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol))
    return fault(context, `is not a web address; write one such as https://sentry.io`);
  if (address.username !== "" || address.password !== "")
    return fault(context, "contains a user name or password; pass credentials in their own input");
  return value;
}

function readRepository(value: string, context: z.RefinementCtx<string>): string {
  return /^[A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+$/.test(value)
    ? value
    : fault(context, `is "${value}"; write owner/name`);
}
