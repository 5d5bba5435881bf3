import { expect, it } from "vitest";
import { hideUrlCredentials } from "./url-credentials.ts";

const hidden = (text: string): string => hideUrlCredentials(text, (kind) => `[${kind}]`);
const HIDDEN = "[url-credentials]@";

const becomes = (text: string, shown: string): void => expect(hidden(text)).toBe(shown);

it.each([
  ["postgres://bob:v@db/shop, redis://:v@cache", `postgres://${HIDDEN}db/shop, redis://${HIDDEN}cache`],
  ["https://v@x.example", `https://${HIDDEN}x.example`],
  ["https://bob:v%40x.example", `https://${HIDDEN}x.example`],
  ["amqp://bob:a@b@host", `amqp://${HIDDEN}host`],
  ["?u=https%3A%2F%2Fbob%3Av%40db%2Fshop", `?u=https%3A%2F%2F${HIDDEN}db%2Fshop`],
  ["u=https%3a%2f%2fv%40db&w=https%3A%2F%2Fv@db", `u=https%3a%2f%2f${HIDDEN}db&w=https%3A%2F%2F${HIDDEN}db`],
  ["redis://u:a/b#x@cache redis://u:a?b@cache", `redis://${HIDDEN}cache redis://${HIDDEN}cache`],
  ["https://gitx@host", `https://${HIDDEN}host`],
])("in %s the credentials are hidden", becomes);

it.each([
  "bob:v@db",
  "bob%3Av%40db",
  "https://git@github.com/acme/shop",
  "ssh://ssh@host/x and ssh://@host",
  "https%3A%2F%2Fgit%40github.com, https%3A%2F%2Fssh@host, https%3A%2F%2F%40host",
  "https%3A%2F%2Fx.example%2Fa%40b",
  "https://x.example:8080/a@2x.png",
  "https://x.example/a@b",
  "https://${user}:${password}@db and https://%s:%s@db and https://$TOKEN@db and https://{a.b}@db",
  "https://x.example",
  "https://bob:v@ db",
])("in %s nothing is", (text) => becomes(text, text));
