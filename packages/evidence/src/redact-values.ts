/** Values shorter than this are found by chance everywhere. */
const MIN_LENGTH = 6;

/**
 * Hides the values of secrets that a job holds, however they are written: raw, URL-encoded, form-encoded,
 * JSON-escaped once and twice, HTML-escaped, hexadecimal, base64 and base64url at any alignment. A secret of
 * several lines is hidden line by line too.
 * @param secrets values; those under 6 characters are ignored.
 */
export function redactValues(text: string, secrets: readonly string[]): { text: string; hidden: number } {
  let hidden = 0;
  let clean = text;
  const codes = recallCodes(secrets);
  for (const spelling of codes.exact) {
    if (!clean.includes(spelling)) continue;
    const parts = clean.split(spelling);
    hidden += parts.length - 1;
    clean = parts.join("[redacted secret]");
  }
  const encoded = hideFolded(clean, codes.folded);
  return { text: encoded.text, hidden: hidden + encoded.hidden };
}

/** What the secrets of a job look like: in exactly these characters, and in either case. */
type Codes = {
  readonly secrets: readonly string[];
  readonly exact: readonly string[];
  readonly folded: readonly string[];
};

let known: Codes = { secrets: [], exact: [], folded: [] };

/** A job's secrets are the same for thousands of texts: worked out again only where one of them differs. */
function recallCodes(secrets: readonly string[]): Codes {
  const isKnown =
    secrets.length === known.secrets.length && secrets.every((one, at) => one === known.secrets[at]);
  if (!isKnown)
    known = { secrets: [...secrets], exact: spellings(secrets), folded: foldedSpellings(secrets) };
  return known;
}

/** All spellings, the longest first, so that none leaves a rest of another. */
function spellings(secrets: readonly string[]): string[] {
  const values = secrets.flatMap((secret) => [
    secret,
    ...(secret.includes("\n") ? secret.split(/\r?\n/) : []),
  ]);
  const usable = [...new Set(values.map((value) => value.trim()))].filter(
    (value) => value.length >= MIN_LENGTH,
  );
  return [...new Set(usable.flatMap(spell))].sort((a, b) => b.length - a.length);
}

function spell(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  return [
    value,
    encodeURIComponent(value.toWellFormed()),
    encodeURI(value.toWellFormed()),
    new URLSearchParams([["", value]]).toString().slice(1),
    json,
    json.replaceAll("/", "\\/"),
    JSON.stringify(json).slice(1, -1),
    value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
    ...spellBase64(value),
  ];
}

/**
 * Base64 of a value depends on how many bytes stand before it, modulo 3. The characters at the edges hold bits
 * of the neighbours, so they are left out of what is looked for.
 */
function spellBase64(value: string): string[] {
  const bytes = Buffer.from(value);
  return [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const start = Math.ceil((before * 8) / 6);
    const end = Math.floor((padded.length * 8) / 6);
    const codes = [
      padded.toString("base64").slice(start, end),
      padded.toString("base64url").slice(start, end),
    ];
    return codes.filter((code) => code.length >= MIN_LENGTH);
  });
}

/** Encodings whose hex digits may be written in either case, in lower case: hexadecimal and percent. */
function foldedSpellings(secrets: readonly string[]): string[] {
  const usable = secrets.map((value) => value.trim()).filter((value) => value.length >= MIN_LENGTH);
  return usable.flatMap((secret) => {
    const hex = Buffer.from(secret).toString("hex");
    const codes = [hex, encodeURIComponent(secret.toWellFormed())].filter((code) => code !== secret);
    return [...codes, hex.replace(/../g, "%$&")].map((code) => code.toLowerCase());
  });
}

function hideFolded(text: string, codes: readonly string[]): { text: string; hidden: number } {
  let hidden = 0;
  let clean = text;
  let lower = clean.toLowerCase();
  for (const code of codes) {
    if (!lower.includes(code)) continue;
    clean = clean.replace(new RegExp(code.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "gi"), () => {
      hidden += 1;
      return "[redacted secret]";
    });
    lower = clean.toLowerCase();
  }
  return { text: clean, hidden };
}
