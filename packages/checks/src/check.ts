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

const check =
  (state: CheckState) =>
  (subject: CheckSubject, found: string, remedy = "", asked: readonly string[] = []): Check => ({
    ...subject,
    state,
    found,
    remedy,
    asked,
  });

/** A part that works, with something to know. */
export const attention = check("attention");
/** A part that the loop needs and that is absent or wrong. */
export const missing = check("missing");
/** A part that cannot be seen from here, with the reason. */
export const unseen = check("unseen");
/** A part that is optional and not set up. */
export const off = check("off");

/** A part that is right, as the requests behind it show. */
export const fine = (subject: CheckSubject, found: string, asked: Asked): Check =>
  check("ok")(subject, found, "", asked);

/** A part whose service did not answer. */
export const unanswered = (subject: CheckSubject, found: string): Check =>
  check("unanswered")(subject, found, "Start this run again.");

/** Whether nothing is missing, as far as every service answered. */
export const isReady = (checks: readonly Check[]): boolean =>
  checks.every(({ state }) => state !== "missing" && state !== "unanswered");
