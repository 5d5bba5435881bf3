import * as z from "zod";

/** Tokens that one model counted; `input` without those of a cache. */
export const modelUsage = z.looseObject({
  /** As its answers name it; empty: they do not, or broke off, so nobody knows what they cost. */
  model: z.string(),
  requests: z.number(),
  input: z.number(),
  cacheRead: z.number(),
  cacheWritten: z.number(),
  output: z.number(),
});
export type ModelUsage = z.output<typeof modelUsage>;

/** Dollars for a million tokens. */
type Price = Readonly<Record<(typeof KINDS)[number], number>>;
const KINDS = ["input", "output", "cache-read", "cache-write"] as const;

export type Prices = {
  readonly models: ReadonlyMap<string, Price>;
  /** Dollars for a minute of an attempt whose tokens nobody counted. */
  readonly minute?: number;
};

const isKind = (name: string): name is keyof Price => (KINDS as readonly string[]).includes(name);

/**
 * Reads a price list: `<model>: input 3, output 15, cache-read 0.3, cache-write 3.75` on each line, in dollars for a
 * million tokens, and `minute: 0.05`. Without its own price, a cache read costs as much as `input`, and a cache write twice
 * that, the most that vendors take. Pure.
 * @returns a sentence about the first line that cannot be read
 */
export function parsePrices(text: string): Prices | string {
  const models = new Map<string, Price>();
  let minute: number | undefined;
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    const at = line.lastIndexOf(": ");
    const name = line.slice(0, Math.max(0, at)).trim();
    const rest = line.slice(at + 1).trim();
    const price = name === "minute" ? readNumber(rest) : readPrice(rest);
    if (name === "" || price === undefined)
      return `has the line ${JSON.stringify(line.slice(0, 80))}; write \`<model>: input 3, output 15\`, or \`minute: 0.05\``;
    if (typeof price === "number") minute = price;
    else models.set(name.toLowerCase(), price);
  }
  return { models, ...(minute === undefined ? {} : { minute }) };
}

/** Whether an input is one, and what to say if not. */
export const isPriceList = (given: string | undefined): boolean =>
  typeof parsePrices(given ?? "") !== "string";
export const explainPriceList = {
  error: ({ input }: { readonly input?: unknown }): string => String(parsePrices(String(input ?? ""))),
};

const readNumber = (text: string): number | undefined =>
  /^\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined;

function readPrice(text: string): Price | undefined {
  const given = new Map<keyof Price, number>();
  for (const part of text.split(",")) {
    const [name = "", amount = "", ...more] = part.trim().split(/\s+/);
    const price = readNumber(amount);
    if (!isKind(name) || price === undefined || more.length > 0 || given.has(name)) return undefined;
    given.set(name, price);
  }
  const [input, output] = [given.get("input"), given.get("output")];
  if (input === undefined || output === undefined) return undefined;
  return {
    input,
    output,
    "cache-read": given.get("cache-read") ?? input,
    "cache-write": given.get("cache-write") ?? 2 * input,
  };
}

/** What comes after a model's name if a vendor dates it; any other ending may be a dearer model. */
const DATE = /[-@](?:\d{8}|\d{4}-\d{2}-\d{2})$/;

/** What tokens cost. */
export type ModelCost = {
  /** Dollars for those that have a price. */
  readonly usd: number;
  /** The others have none, so the whole cost is not known. */
  readonly isWhole: boolean;
};

/** Pure. */
export function priceUsage(usage: readonly ModelUsage[], { models }: Prices): ModelCost {
  let usd = 0;
  let isWhole = true;
  for (const { model, input, output, cacheRead, cacheWritten } of usage) {
    const name = model.toLowerCase();
    const price = models.get(name) ?? models.get(name.replace(DATE, ""));
    if (price === undefined) isWhole = false;
    else
      usd +=
        (input * price.input +
          output * price.output +
          cacheRead * price["cache-read"] +
          cacheWritten * price["cache-write"]) /
        1e6;
  }
  return { usd, isWhole };
}
