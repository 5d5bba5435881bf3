import type { RestCall } from "./operation.ts";
import type { RestReply } from "./reply.ts";

const DEFAULT_SIZE = 30;
const MOST = 100;

/** The page of a list that a request asks for, and the `Link` header that leads to the others. */
export type RestPage<T> = {
  readonly items: readonly T[];
  readonly headers: Readonly<Record<string, string>>;
};

export function readPage<T>(call: RestCall, items: readonly T[], most = MOST): RestPage<T> {
  const size = Math.min(most, Math.max(1, Number(call.query["per_page"] ?? DEFAULT_SIZE)));
  const page = Math.max(1, Number(call.query["page"] ?? 1));
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = [
    ...(page > 1 ? [linkTo(call.url, page - 1, "prev")] : []),
    ...(page < last ? [linkTo(call.url, page + 1, "next"), linkTo(call.url, last, "last")] : []),
    ...(page > 1 ? [linkTo(call.url, 1, "first")] : []),
  ];
  return {
    items: items.slice((page - 1) * size, page * size),
    headers: link.length === 0 ? {} : { link: link.join(", ") },
  };
}

/** Answers with one page of a list. */
export function pageReply<T>(call: RestCall, items: readonly T[], render: (item: T) => unknown): RestReply {
  const page = readPage(call, items);
  return { status: 200, body: page.items.map(render), headers: page.headers };
}

/** Answers with one page of a list inside an object that says how many there are in all. */
export function countedPageReply<T>(
  call: RestCall,
  name: string,
  items: readonly T[],
  render: (item: T, index: number) => unknown,
  most = MOST,
): RestReply {
  const page = readPage(call, items, most);
  return {
    status: 200,
    body: { total_count: items.length, [name]: page.items.map(render) },
    headers: page.headers,
  };
}

function linkTo(url: URL, page: number, relation: string): string {
  const target = new URL(url);
  target.searchParams.set("page", String(page));
  return `<${target.href}>; rel="${relation}"`;
}
