import {
  chooseMain,
  cleanText,
  type IdentifiedError,
  identifyError,
  makeSignature,
  signatureOfName,
} from "@patchpilot/evidence";
import type { IntakeInputs } from "../contract.ts";
import { type IntakeSubject, readView } from "../facts.ts";
import { findCategory } from "./category.ts";
import { readChain } from "./chain.ts";

/** What an incident is called and told from others by. */
export type Naming = {
  /** `sentry:<organization>/<issue id>`; `github:<number>` where no Sentry issue is known; `task:<run id>`. */
  readonly key: string;
  /** 32 hex digits. */
  readonly fingerprint: string;
  /** Hostile text. */
  readonly signature: string;
  /** Null where nothing but the key distinguishes it. */
  readonly error: IdentifiedError | null;
};

/**
 * Names a failure. The fingerprint is that of its exception only where the names of own functions tell it from others; a
 * bare message ("timeout of 5 s") or a minified bundle would make one incident of many causes, so the key is used.
 */
export function nameSubject(subject: IntakeSubject, issue: number, inputs: IntakeInputs): Naming {
  const key = findKey(subject, issue, inputs);
  const own = { key, fingerprint: signatureOfName(key).fingerprint, signature: "", error: null };
  // Two people may ask for work in the same words, and quote the same stack.
  if (subject.request !== undefined) return own;
  const chain = readChain(subject);
  const error = identifyError(chain, findProject(subject));
  const signature = makeSignature(chain)?.text ?? "";
  return { ...own, error, signature, fingerprint: error?.fingerprint ?? own.fingerprint };
}

/** A short id is the project's slug in capitals and a number. */
function findProject({ view, recognised: { link } }: IntakeSubject): string | null {
  const slug = readView(view).issue?.project.slug ?? link?.shortId.replace(/-[^-]+$/, "");
  return slug ?? null;
}

function findKey(
  { view, recognised: { link }, request }: IntakeSubject,
  number: number,
  { "sentry-org": organization }: IntakeInputs,
): string {
  if (request?.key !== undefined) return request.key;
  const { issue } = readView(view);
  if (issue !== null) return sentryKey(organization ?? link?.organization ?? "", issue.id);
  if (link === null) return `github:${number}`;
  return sentryKey(organization ?? link.organization ?? link.host, link.issueId ?? link.shortId);
}

/** The key of a Sentry issue. */
export const sentryKey = (organization: string, issueId: string): string =>
  `sentry:${organization}/${issueId}`;

/** What people read first: type and message of the main exception, else Sentry's own title, never the GitHub issue's; of a request its own. */
export function titleSubject(subject: IntakeSubject, secrets: readonly string[]): string {
  const clean = (text: string): string => cleanText(text, { maxLength: 160, secrets, singleLine: true }).text;
  const { recognised, request } = subject;
  if (request !== undefined) return clean(request.title) || "a request without a title";
  const thrown = chooseMain(readChain(subject));
  const named = [thrown?.type, thrown?.value].filter((part) => part?.trim()).join(": ");
  const text = clean(named === "" ? titleReport(subject) : named);
  return text || (recognised.link?.shortId ?? "an incident without a title");
}

/** Sentry's title of what has no exception, else what its text says first; of a feedback its words, for the title may be the name of who wrote it. */
function titleReport(subject: IntakeSubject): string {
  const { issue, event } = readView(subject.view);
  const { category } = findCategory(subject);
  const transaction = event?.details.operation?.transaction ?? "";
  if (category === "performance" && issue !== null && !issue.title.includes(transaction))
    return `${issue.title} in ${transaction}`;
  const { statements } = subject.recognised;
  const words = statements.find(({ name }) => name === "message")?.value;
  const [first] = statements.map(({ name, value }) => `${name}: ${value}`);
  if (category !== "feedback") return issue?.title ?? words ?? first ?? "";
  const [line = ""] = (event?.details.feedback?.message ?? words ?? "").trim().split("\n");
  return line === "" ? "User feedback" : `User feedback: ${line}`;
}
