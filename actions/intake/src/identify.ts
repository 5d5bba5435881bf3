import { isOwnFrame, makeSignature, primaryThrown, signatureOfName } from "@patchpilot/evidence";
import type { Settings, Subject } from "./facts.ts";
import { chainOf } from "./facts.ts";

/** What an incident is called and told from others by. */
export type Naming = {
  /** `sentry:<organization>/<issue id>`; `github:<number>` where no Sentry issue is known; `task:<run id>`. */
  readonly key: string;
  /** 32 hex digits. */
  readonly fingerprint: string;
  /** Hostile text. */
  readonly signature: string;
};

/**
 * Names a failure. The fingerprint is that of its exception only where own frames tell it from others; a bare message
 * ("timeout of 5 s") would make one incident of many causes, so the key stands in.
 */
export function nameSubject(subject: Subject, issue: number, settings: Settings): Naming {
  const key = keyOf(subject, issue, settings);
  // Two people may ask for work in the same words, and quote the same stack.
  if (subject.request !== undefined)
    return { key, fingerprint: signatureOfName(key).fingerprint, signature: "" };
  const chain = chainOf(subject);
  const signature = makeSignature(chain);
  const hasPlace =
    primaryThrown(chain)?.frames.some((frame) => isOwnFrame(frame) && frame.path !== null) ?? false;
  return {
    key,
    fingerprint: signature !== null && hasPlace ? signature.fingerprint : signatureOfName(key).fingerprint,
    signature: signature?.text ?? "",
  };
}

function keyOf({ view, recognised, request }: Subject, issue: number, settings: Settings): string {
  const { link } = recognised;
  if (request?.key !== undefined) return request.key;
  if (view.state === "read")
    return sentryKey(settings.organization ?? link?.organization ?? "", view.issue.id);
  if (link === null) return `github:${issue}`;
  return sentryKey(settings.organization ?? link.organization ?? link.host, link.issueId ?? link.shortId);
}

/** The key of a Sentry issue. */
export const sentryKey = (organization: string, issueId: string): string =>
  `sentry:${organization}/${issueId}`;
