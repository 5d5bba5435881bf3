/** What to do about each of Sentry's performance issues, by a part of its type's name. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /n_plus_one_(?:db|query)/,
    "The same query runs once for each row of another one. Load what is needed at once: a join, a list of ids, or the eager loading of the ORM.",
  ],
  [
    /n_plus_one_api/,
    "The same request is sent once for each item. Ask for all at once, or have one answer contain what the others fetch.",
  ],
  [
    /slow_db/,
    "One query takes long. Look at its plan: a missing index, too many rows, or a condition that no index serves.",
  ],
  [
    /consecutive_db/,
    "Queries run one at a time, though none needs the answer of another. Run them together, or make one of them.",
  ],
  [
    /consecutive_http/,
    "Requests are sent one at a time, though none needs the answer of another. Send them together.",
  ],
  [
    /large_http_payload/,
    "An answer is very large. Ask for fewer fields or for pages, and see that it is compressed.",
  ],
  [/http_overhead/, "Many requests wait for each other over HTTP/1.1. Serve them by HTTP/2, or send fewer."],
  [/uncompressed/, "An asset is sent uncompressed. Turn on compression where it is served."],
  [
    /render_blocking/,
    "An asset keeps the page from being drawn. Load it later (`defer`, `async`), or make it smaller.",
  ],
  [
    /main_thread/,
    "Work on the main thread keeps the app from answering. Move it to another thread, or cache its result.",
  ],
  [/frame_drop/, "Frames are dropped. Look at what runs on the main thread while they are drawn."],
  [
    /web_vitals/,
    "The page is slow for its visitors. Look at what is loaded first, and at what moves the layout.",
  ],
  [/regression/, "It became slower. Look at what went live when it did, before anything else."],
];

/**
 * @param type Sentry's type of the issue
 * @param title Sentry's title, by which an older Sentry says it: "N+1 Query"
 */
export function adviseOnOperation(type: string, title: string): string {
  const said = `${type} ${title.toLowerCase().replaceAll("n+1", "n_plus_one").replaceAll(/[ /]+/g, "_")}`;
  const advice = ADVICE.find(([pattern]) => pattern.test(said))?.[1];
  return `${advice ?? "Sentry found that it is slow. Look at the operation that it names."} Nothing fails because of it: measure before and after.`;
}
