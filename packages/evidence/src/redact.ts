import type { Hide } from "./hide.ts";
import { hidePersonalData } from "./personal-data.ts";
import { hidePrivateKeys } from "./private-keys.ts";
import { selectPatterns } from "./secret-patterns.ts";
import { hideAssignments } from "./secrets/assignments.ts";
import { hideAwsPairs } from "./secrets/aws-pairs.ts";
import {
  EVERY_FAMILY,
  type Families,
  hideNamedFormats,
  hidePublicFormats,
} from "./secrets/public-formats.ts";
import { hideRandomValues } from "./secrets/random-values.ts";
import { hideUrlCredentials } from "./url-credentials.ts";

/** Kind -> how often it was hidden. */
export type Redactions = Readonly<Record<string, number>>;

export type Redacted = { readonly text: string; readonly redactions: Redactions };

/**
 * Hides secrets and personal data that are recognised by shape or by their name; what is hidden reads
 * `[redacted <kind>]`. UUIDs, digests, trace ids, source map hashes and minified frames stay: evidence needs them.
 * Redact before truncating: half a secret has no shape. Sanitise before redacting: hidden characters split shapes.
 * Three readings follow each other: formats that say whose token it is, names that say it is a secret, and values that
 * nobody writes by hand. Each is linear in the length of the text.
 * @param families for measurements: whose tokens may be known by their format.
 */
export function redact(text: string, families: Families = EVERY_FAMILY): Redacted {
  const counts = new Map<string, number>();
  const hide: Hide = (kind) => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return `[redacted ${kind}]`;
  };
  let hidden = hideAwsPairs(hidePrivateKeys(text, hide), hide);
  hidden = hidePublicFormats(hidden, hide, families);
  for (const { kind, pattern } of selectPatterns(families))
    hidden = hidden.replace(pattern, () => hide(kind));
  hidden = hideBasicCredentials(hidden, hide);
  hidden = hideUrlCredentials(hidden, hide);
  hidden = hideAssignments(hidden, hide);
  hidden = hideNamedFormats(hidden, hide, families);
  hidden = hideRandomValues(hidden, hide);
  hidden = hidePersonalData(hidden, hide);
  return { text: hidden, redactions: Object.fromEntries(counts) };
}

/** `Basic` is also a word: only what decodes to `user:password` is a credential. */
function hideBasicCredentials(text: string, hide: Hide): string {
  return text.replace(
    /\b(Basic(?:\s|%20|\+){1,3})([A-Za-z0-9+/_-]{6,1024}={0,2})/gi,
    (whole, scheme: string, code: string) =>
      /^[\t\x20-\x7E\u00A0-\uFFFD]*:/.test(Buffer.from(code, "base64").toString("utf8"))
        ? scheme + hide("credential")
        : whole,
  );
}

/** How often anything was hidden. */
export function countRedactions(redactions: Redactions): number {
  return Object.values(redactions).reduce((sum, count) => sum + count, 0);
}
