import type { IncomingMessage } from "node:http";
import type { Duplex, Readable } from "node:stream";

/** A body without its content encoding; undefined where that is unknown. */
export async function decoded(response: IncomingMessage): Promise<Readable | undefined> {
  const encoding = response.headers["content-encoding"]?.trim().toLowerCase() ?? "";
  if (encoding === "identity" || encoding === "") return response;
  const zlib = await import("node:zlib");
  const decoders: Record<string, () => Duplex> = {
    gzip: zlib.createGunzip,
    "x-gzip": zlib.createGunzip,
    deflate: zlib.createInflate,
    br: zlib.createBrotliDecompress,
  };
  const decoder = Object.hasOwn(decoders, encoding) ? decoders[encoding]?.() : undefined;
  if (decoder === undefined) return undefined;
  response.once("error", (error) => decoder.destroy(error));
  return response.pipe(decoder);
}
