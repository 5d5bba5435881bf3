/** Secrets that the job holds: the name of the input -> its value. */
export type Secrets = Readonly<Record<string, string>>;

/** Shorter values would be found by chance everywhere. */
const MIN_LENGTH = 8;

/**
 * Makes a scan of outgoing text for the values of secrets: raw, URL-encoded, JSON-escaped (once and twice),
 * base64 and base64url at any alignment.
 * @returns a function that names the input whose value the text contains, or undefined.
 */
export function createOutboundScan(secrets: Secrets): (text: string) => string | undefined {
  const needles = Object.entries(secrets)
    .filter(([, value]) => value.length >= MIN_LENGTH)
    .map(([name, value]) => ({ name, spellings: listSpellings(value) }));
  return (text) =>
    needles.find(({ spellings }) => spellings.some((spelling) => text.includes(spelling)))?.name;
}

function listSpellings(value: string): string[] {
  const escaped = JSON.stringify(value).slice(1, -1);
  const spellings = [
    value,
    encodeURIComponent(value.toWellFormed()),
    encodeURI(value.toWellFormed()),
    escaped,
    JSON.stringify(escaped).slice(1, -1),
    ...base64Spellings(value),
  ];
  return [...new Set(spellings)];
}

/** Base64 of a value depends on how many bytes stand before it (modulo 3); the characters at its edges mix with them. */
function base64Spellings(value: string): string[] {
  const bytes = Buffer.from(value);
  return [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const start = Math.ceil((before * 8) / 6);
    const end = Math.floor((padded.length * 8) / 6);
    return [padded.toString("base64").slice(start, end), padded.toString("base64url").slice(start, end)];
  });
}
