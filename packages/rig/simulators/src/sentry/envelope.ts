/** One item of an envelope: its header, and its payload as text. */
type EnvelopeItem = {
  readonly type: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: string;
};

export type Envelope = {
  readonly header: Readonly<Record<string, unknown>>;
  readonly items: readonly EnvelopeItem[];
};

/**
 * Reads an envelope: a line of header, then for each item a line of header and its payload, which is `length` bytes
 * long or, without a length, one line. (develop.sentry.dev, "Envelopes")
 * @throws Error with the line that cannot be read.
 */
export function readEnvelope(bytes: Uint8Array): Envelope {
  const buffer = Buffer.from(bytes);
  const first = lineAt(buffer, 0);
  const header = parseObject(first.text, "header");
  const items: EnvelopeItem[] = [];
  let at = first.next;
  while (at < buffer.length) {
    const line = lineAt(buffer, at);
    at = line.next;
    if (line.text.trim() === "") continue;
    const itemHeader = parseObject(line.text, "item header");
    const length = itemHeader["length"];
    const payload =
      typeof length === "number"
        ? { text: buffer.toString("utf8", at, at + length), next: skipNewline(buffer, at + length) }
        : lineAt(buffer, at);
    at = payload.next;
    items.push({ type: String(itemHeader["type"]), header: itemHeader, payload: payload.text });
  }
  return { header, items };
}

function lineAt(buffer: Buffer, from: number): { text: string; next: number } {
  const end = buffer.indexOf(0x0a, from);
  const stop = end === -1 ? buffer.length : end;
  return { text: buffer.toString("utf8", from, stop), next: stop + 1 };
}

function skipNewline(buffer: Buffer, at: number): number {
  return buffer[at] === 0x0a ? at + 1 : at;
}

function parseObject(text: string, what: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new Error(`The envelope's ${what} is not an object: ${text.slice(0, 100)}`);
}
