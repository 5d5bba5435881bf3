/**
 * How a part of the set-up was found.
 * `ok`: a service was asked, and it is right. `attention`: it works, and you should know something. `missing`: the loop
 * needs it, and it is absent or wrong. `unanswered`: the service did not answer. `unseen`: nothing here can tell. `off`:
 * optional, and not set up.
 */
export type CheckState = "ok" | "attention" | "missing" | "unanswered" | "unseen" | "off";

/** A part of the set-up, and the secrets and variables that decide it. */
export type CheckSubject = { readonly name: string; readonly settings: readonly string[] };

/** Requests that were answered, such as `GET /api/0/organizations/acme/`; at least one. */
export type Asked = readonly [string, ...string[]];

/** What is known of one part of the set-up. */
export type Check = CheckSubject & {
  readonly state: CheckState;
  /** What was found, as one or two sentences. */
  readonly found: string;
  /** What to do about it; empty if nothing. */
  readonly remedy: string;
  /** The requests behind it. Never empty for `ok`. */
  readonly asked: readonly string[];
};

/** A part that is right, as the requests behind it show. */
export const fine = (subject: CheckSubject, found: string, asked: Asked): Check => ({
  ...subject,
  state: "ok",
  found,
  remedy: "",
  asked,
});

/** A part that works, with something to know. */
export const attention = (
  subject: CheckSubject,
  found: string,
  remedy: string,
  asked: readonly string[] = [],
): Check => ({ ...subject, state: "attention", found, remedy, asked });

/** A part that the loop needs and that is absent or wrong. */
export const missing = (
  subject: CheckSubject,
  found: string,
  remedy: string,
  asked: readonly string[] = [],
): Check => ({ ...subject, state: "missing", found, remedy, asked });

/** A part that cannot be seen from here, with the reason. */
export const unseen = (subject: CheckSubject, why: string, remedy = ""): Check => ({
  ...subject,
  state: "unseen",
  found: why,
  remedy,
  asked: [],
});

/** A part that is optional and not set up. */
export const off = (subject: CheckSubject, found: string, remedy = ""): Check => ({
  ...subject,
  state: "off",
  found,
  remedy,
  asked: [],
});

/** A part whose service did not answer. */
export const unanswered = (subject: CheckSubject, found: string): Check => ({
  ...subject,
  state: "unanswered",
  found,
  remedy: "Start this run again.",
  asked: [],
});

/** Whether nothing is missing, as far as every service answered. */
export const isReady = (checks: readonly Check[]): boolean =>
  checks.every(({ state }) => state !== "missing" && state !== "unanswered");
