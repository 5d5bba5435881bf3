import { fence } from "@patchpilot/evidence";
import { expect, test } from "vitest";
import type { AttackPlace } from "../attacks/attack.ts";
import { WORD_ATTACKS } from "../attacks/words.ts";
import { makeSecrets } from "../world/secrets.ts";
import { findMoreLive } from "./find-live-words.ts";

const targets = { tcp: 4711 } as AttackPlace["targets"];
const place: AttackPlace = { targets, secrets: makeSecrets(), nonce: "0123" };
const twin = "A cart without an amount holds one. [Run](https://github.com/acme/shop/actions/runs/1)";

const written = WORD_ATTACKS.flatMap(({ name, summary }) => {
  const words = summary?.(place);
  // What only imitates orders or fills the page acts on nothing that reads it.
  const acts = !/too many|decides|end of the evidence/.test(name);
  return words === undefined || !acts ? [] : [[name, words] as const];
});

test.each(written)("words act where they are written as they come: %s", (_, words) => {
  expect(findMoreLive(twin, `${twin}\n\n${words}`)).not.toEqual([]);
});

test("an image does not act in a fence", () => {
  expect(findMoreLive(twin, `${twin}\n\n${fence("![x](http://127.0.0.1:1/x.png) @maya")}`)).toEqual([]);
});

test("what the twin holds as well is not the attack's", () => {
  expect(findMoreLive(twin, twin)).toEqual([]);
});
