import { answerText, type Exchange, type FaultKind } from "./fault-kind.ts";

const LOGIN = "<!doctype html><html><body>Please sign in to the guest network.</body></html>";
const ELSEWHERE = "https://elsewhere.example/login";
/** Headers that no longer fit another body. */
const OF_THE_BODY = ["content-length", "content-encoding", "etag", "link"];

/** Something in between answers, and the service hears nothing of it. */
const instead = (kind: string, wire: string, reply: (exchange: Exchange) => Response): FaultKind => ({
  kind,
  wire,
  effect: "none",
  isAmbiguous: true,
  happen: async (exchange) => reply(exchange),
});

/** The service does it, and its reply arrives as something else. */
const changed = (
  kind: string,
  wire: string,
  change: (text: string, reply: Response) => Response,
  concerns: (reply: Response) => boolean = () => true,
): FaultKind => ({
  kind,
  wire,
  effect: "done",
  isAmbiguous: true,
  happen: async ({ pass }) => {
    const reply = await pass();
    return concerns(reply) ? change(await reply.text(), reply) : reply;
  },
});

function withText(
  { status, headers }: Response,
  text: string,
  more: Readonly<Record<string, string>> = {},
): Response {
  const kept = new Headers(headers);
  for (const name of OF_THE_BODY) kept.delete(name);
  for (const [name, value] of Object.entries(more)) kept.set(name, value);
  const isEmpty = [204, 205, 304].includes(status);
  return new Response(isEmpty ? null : text, { status, headers: kept });
}

/** A redirect says that nothing was done, and to ask elsewhere. */
const redirect = (
  kind: string,
  status: number,
  wire: string,
  readLocation: (exchange: Exchange) => string,
): FaultKind => ({
  ...instead(
    kind,
    wire,
    (exchange) => new Response(null, { status, headers: { location: readLocation(exchange) } }),
  ),
  isAmbiguous: false,
});

/** A zip would not outlive being read as a text. */
const isJson = ({ headers }: Response): boolean => headers.get("content-type")?.includes("json") === true;

/** The reply's JSON with each value replaced. */
const reshaped = (
  kind: string,
  wire: string,
  replace: (value: unknown, name: string) => unknown,
): FaultKind => changed(kind, wire, (text, reply) => withText(reply, reshape(text, replace)), isJson);

function reshape(text: string, replace: (value: unknown, name: string) => unknown): string {
  try {
    return JSON.stringify(JSON.parse(text, (name, value: unknown) => replace(value, name)));
  } catch {
    return text;
  }
}

/** Every second field of each object is missing. */
const dropFields = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value) && name !== ""
    ? Object.fromEntries(Object.entries(value).filter((_, index) => index % 2 === 0))
    : value;

const NEW_WORD = "BRAND_NEW";
/** A word of a fixed list, as `OPEN`, `completed` or `unresolved`. */
const ENUM =
  /^(?:[A-Z][A-Z_]{2,}|open|closed|completed|queued|in_progress|resolved|unresolved|ignored|READY)$/;

const isShift = (hours: number) => (_: string, reply: Response) => {
  const at = Date.parse(reply.headers.get("date") ?? "");
  return new Date(at + hours * 3_600_000).toUTCString();
};

const dated = (kind: string, wire: string, date: (text: string, reply: Response) => string): FaultKind => ({
  ...changed(kind, wire, (text, reply) =>
    withText(reply, text, { date: date(text, reply), etag: reply.headers.get("etag") ?? '"none"' }),
  ),
  isAmbiguous: false,
  isBelievable: true,
});

export const REPLIES: readonly FaultKind[] = [
  changed("empty-200", "200 without a body, though it was done", (_, reply) => withText(reply, "")),
  instead("empty-200-undone", "200 without a body, and nothing was done", () =>
    answerText("", 200, "application/json"),
  ),
  instead("html-200", "200 with a login page of the network", () => answerText(LOGIN, 200, "text/html")),
  changed("html-200-after", "200 with a page, though it was done", () => answerText(LOGIN, 200, "text/html")),
  changed(
    "wrong-type",
    "the right JSON as text/plain",
    (text, reply) => withText(reply, text, { "content-type": "text/plain" }),
    isJson,
  ),
  changed("cut-json", "JSON that ends in the middle", (text, reply) =>
    withText(reply, text.slice(0, Math.floor(text.length / 2))),
  ),
  changed("null-json", "`null` in place of the reply", (_, reply) => withText(reply, "null")),
  changed("list-json", "a list in place of an object, or the other way round", (text, reply) =>
    withText(reply, text.startsWith("[") ? "{}" : "[]"),
  ),
  changed("empty-object", "an object without any field", (_, reply) => withText(reply, "{}")),
  reshaped("missing-fields", "every second field is missing", dropFields),
  reshaped("numbers-as-strings", "numbers arrive as strings", (value) =>
    typeof value === "number" ? String(value) : value,
  ),
  {
    ...reshaped("unknown-enum", "words of fixed lists are new ones", (value) =>
      typeof value === "string" && ENUM.test(value) ? NEW_WORD : value,
    ),
    mark: NEW_WORD,
  },
  redirect("301-elsewhere", 301, "301 to another host", () => ELSEWHERE),
  redirect("302-login", 302, "302 to a login page", () => ELSEWHERE),
  redirect("307-elsewhere", 307, "307 to another host", () => ELSEWHERE),
  redirect("308-loop", 308, "308 to itself", ({ asked }) => asked.url),
  instead("304", "304 to a question without an ETag", () => new Response(null, { status: 304 })),
  dated("clock-ahead", "the Date header is an hour ahead", isShift(1)),
  dated("clock-behind", "the Date header is a day behind", isShift(-24)),
  dated("clock-broken", "the Date header is no date", () => "yesterday"),
  {
    ...changed("link-loop", "the next page is this page", (text, reply) =>
      withText(reply, text, { link: `<${reply.url}>; rel="next"; results="true"; cursor="0:0:0"` }),
    ),
    fits: ({ isGraphql, method }) => !isGraphql && method === "GET",
    happen: async ({ asked, pass }) => {
      const reply = await pass();
      const link = `<${asked.url}>; rel="next"; results="true"; cursor="0:0:0"`;
      return withText(reply, await reply.text(), { link });
    },
    isAmbiguous: false,
    isBelievable: true,
  },
  {
    kind: "stale",
    wire: "the answer of some writes ago",
    effect: "done",
    isAmbiguous: false,
    isBelievable: true,
    fits: ({ service, isWrite }) => service === "GitHub" && !isWrite,
    happen: ({ passStale }) => passStale(),
  },
];
