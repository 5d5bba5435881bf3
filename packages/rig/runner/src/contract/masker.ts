const MASK = "***";

/** Hides secrets in log lines, summaries and annotations of one job, also in their usual encodings. */
export class Masker {
  readonly #needles = new Set<string>();

  /** Adds a secret. Each line of a secret of several lines is hidden by itself too, as the runner does. */
  add(secret: string): void {
    for (const part of [secret, ...secret.split(/[\r\n]+/)]) {
      if (part === "") continue;
      for (const form of listForms(part)) this.#needles.add(form);
    }
  }

  /** Whether a text holds a secret in any of its forms. */
  finds(text: string): boolean {
    for (const needle of this.#needles) if (text.includes(needle)) return true;
    return false;
  }

  /** The text with every secret replaced; secrets that overlap or touch become one mask. */
  mask(text: string): string {
    const spans = this.#spansIn(text).sort((left, right) => left.start - right.start);
    let masked = "";
    let end = -1;
    for (const span of spans) {
      if (span.start > end) masked += text.slice(Math.max(end, 0), span.start) + MASK;
      end = Math.max(end, span.end);
    }
    return masked + text.slice(Math.max(end, 0));
  }

  #spansIn(text: string): { start: number; end: number }[] {
    const spans: { start: number; end: number }[] = [];
    for (const needle of this.#needles) {
      for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) {
        spans.push({ start: at, end: at + needle.length });
      }
    }
    return spans;
  }
}

/** The encodings that the runner's masker knows: base64 at its three offsets, JSON, URI and XML escapes. */
function listForms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const shifted = [0, 1, 2].map((skip) => bytes.subarray(skip).toString("base64").replace(/=+$/, ""));
  const json = JSON.stringify(secret).slice(1, -1);
  const xml = secret
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
  const forms = [secret, json, encodeURIComponent(secret.toWellFormed()), xml, secret.replaceAll("'", "''")];
  return [...forms, ...shifted.filter((form) => form.length >= 4)];
}
