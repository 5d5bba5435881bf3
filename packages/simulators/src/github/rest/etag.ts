import { createHash } from "node:crypto";

/** Gives a read an entity tag, and answers 304 without a body to a client that has it already. */
export function withEtag(method: string, headers: Headers, response: Response, body: unknown): Response {
  if (method !== "GET" || response.status !== 200) return response;
  const text = Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const etag = `W/"${createHash("sha1").update(text).digest("hex")}"`;
  response.headers.set("etag", etag);
  if (headers.get("if-none-match") !== etag) return response;
  return new Response(null, { status: 304, headers: response.headers });
}
