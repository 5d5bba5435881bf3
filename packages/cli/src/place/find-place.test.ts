import { expect, test } from "vitest";
import { findApi, findPlace } from "./find-place.ts";

const ADDRESSES: readonly [remote: string, place: string | undefined][] = [
  ["https://github.com/acme/shop.git", "github.com acme shop"],
  ["https://github.com/acme/shop", "github.com acme shop"],
  ["https://GitHub.com/acme/shop/", "github.com acme shop"],
  ["https://maya:token@github.com/acme/shop.git", "github.com acme shop"],
  ["git@github.com:acme/shop.git", "github.com acme shop"],
  ["github.com:acme/shop", "github.com acme shop"],
  ["ssh://git@github.com/acme/shop.git", "github.com acme shop"],
  ["ssh://git@ssh.github.com:443/acme/shop.git", "github.com acme shop"],
  ["git://github.com/acme/shop.git\n", "github.com acme shop"],
  ["https://github.acme.example/web/shop.js.git", "github.acme.example web shop.js"],
  ["git@acme.ghe.com:web/shop", "acme.ghe.com web shop"],
  ["", undefined],
  ["/srv/git/shop.git", undefined],
  ["../shop", undefined],
  ["https://github.com/acme", undefined],
  ["https://github.com/a/b/c", undefined],
];

test.each(ADDRESSES)("the remote %j is %s", (remote, expected) => {
  const place = findPlace(remote);
  expect(place && `${place.host} ${place.owner} ${place.repo}`).toBe(expected);
});

test.each([
  ["github.com", "https://api.github.com", "https://api.github.com/graphql"],
  ["acme.ghe.com", "https://api.acme.ghe.com", "https://api.acme.ghe.com/graphql"],
  ["git.acme.example", "https://git.acme.example/api/v3", "https://git.acme.example/api/graphql"],
])("the APIs of %s", (host, apiUrl, graphqlUrl) => {
  expect(findApi(host)).toEqual({ apiUrl, graphqlUrl });
});
