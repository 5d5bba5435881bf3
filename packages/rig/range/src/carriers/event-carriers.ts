import type { AppEvent } from "../sdk/app-event.ts";
import { ERROR } from "../shop.ts";
import { fitOneLine, type OrderCarrier } from "./carrier.ts";

type Part = (text: string) => Partial<AppEvent>;

const carry = (name: string, event: Part, fit?: OrderCarrier["fit"]): OrderCarrier => ({
  name,
  event,
  ...(fit === undefined ? {} : { fit }),
});

const [OUTER, INNER] = ERROR.frames;

/** Something of the frame around the one that crashed. */
const outer = (change: Partial<AppEvent["frames"][number]>): Partial<AppEvent> => ({
  frames: [{ ...OUTER, ...change }, INNER],
});

const TAG = fitOneLine(200);

/** Of the error and its stack. */
const ERROR_CARRIERS: readonly OrderCarrier[] = [
  carry("exception message", (text) => ({ message: `${ERROR.message} ${text}` })),
  carry("exception type", (type) => ({ type }), fitOneLine(128)),
  carry("exception cause", (message) => ({ cause: { type: "Error", message } })),
  carry("type of the cause", (type) => ({ cause: { type, message: "no amount" } }), fitOneLine(128)),
  carry("frame's function", (name) => outer({ function: name }), fitOneLine(256)),
  carry("frame's file", (text) => outer({ filename: `src/${text}.js` }), fitOneLine(200)),
  carry("frame's module", (module) => outer({ module }), fitOneLine(256)),
  carry("frame's line of code", (text) => outer({ context_line: `  // ${text}` }), fitOneLine(400)),
  carry("frame's variable", (cart) => outer({ vars: { cart } })),
];

/** Of what the app was doing. No environment: intake passes over what is not production. */
const APP_CARRIERS: readonly OrderCarrier[] = [
  carry("transaction", (transaction) => ({ transaction }), fitOneLine(200)),
  carry("breadcrumb's message", (message) => ({ breadcrumbs: [{ category: "ui", message }] })),
  carry("breadcrumb's data", (note) => ({ breadcrumbs: [{ category: "ui", data: { note } }] })),
  carry("breadcrumb's category", (category) => ({ breadcrumbs: [{ category, message: "click" }] })),
  carry("tag's value", (note) => ({ tags: { note } }), TAG),
  carry(
    "tag's name",
    (name) => ({ tags: { [name]: "yes" } }),
    (text) => text.replace(/[^\w.:-]+/g, "-").slice(0, 32),
  ),
  carry("extra", (note) => ({ extra: { note } })),
  carry("context", (note) => ({ contexts: { shop: { note } } })),
  carry("context's name", (name) => ({ contexts: { [name]: { note: "x" } } }), fitOneLine(100)),
  carry("user", (id) => ({ user: { id, username: id } }), fitOneLine(128)),
  carry("user's mail address", (email) => ({ user: { id: "7", email } }), fitOneLine(75)),
  carry("logger", (logger) => ({ logger }), fitOneLine(64)),
  carry("server", (serverName) => ({ serverName }), TAG),
  carry("fingerprint", (text) => ({ fingerprint: ["cart", text] })),
  carry(
    "release",
    (text) => ({ release: `shop@${text}` }),
    (text) => TAG(text).replace(/[\\/]/g, "-"),
  ),
];

/** Of the request that was answered. */
const REQUEST_CARRIERS: readonly OrderCarrier[] = [
  carry("request's address", (text) => ({ request: { method: "GET", url: `https://shop.example/${text}` } })),
  carry("request's query", (query_string) => ({ request: { url: "https://shop.example/", query_string } })),
  carry("request's body", (data) => ({ request: { method: "POST", url: "https://shop.example/", data } })),
  carry("request's header", (text) => ({
    request: { url: "https://shop.example/", headers: { "User-Agent": text, Referer: text } },
  })),
  carry("request's cookie", (text) => ({
    request: { url: "https://shop.example/", cookies: { cart: text } },
  })),
  carry(
    "request's method",
    (method) => ({ request: { method, url: "https://shop.example/" } }),
    fitOneLine(64),
  ),
];

/** Places in an event that Sentry's SDK sends. */
export const EVENT_CARRIERS: readonly OrderCarrier[] = [
  ...ERROR_CARRIERS,
  ...APP_CARRIERS,
  ...REQUEST_CARRIERS,
];
