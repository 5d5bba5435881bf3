import { expect, it } from "vitest";
import { hideUrlCredentials } from "./url-credentials.ts";

const hidden = (text: string): string => hideUrlCredentials(text, (kind) => `[${kind}]`);

/** A text with «…» around what is hidden in it. */
function expectHidden(row: string): void {
  expect(hidden(row.replace(/[«»]/g, ""))).toBe(row.replace(/«[^»]*»/g, "[url-credentials]@"));
}

it.each([
  ...[
    "postgres://«bob:v@»db/shop, redis://«:v@»cache",
    "https://«v@»x.example",
    "https://«bob:v%40»x.example",
  ],
  ...["amqp://«bob:a@b@»host", "?u=https%3A%2F%2F«bob%3Av%40»db%2Fshop", "https://«gitx@»host"],
  ...["u=https%3a%2f%2f«v%40»db&w=https%3A%2F%2F«v@»db", "redis://«u:a/b#x@»cache redis://«u:a?b@»cache"],
])("the credentials are hidden in %s", expectHidden);

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
])("in %s nothing is", expectHidden);
