import { expect, test } from "vitest";
import { buildPacket } from "./packet.ts";
import { evidenceSection } from "./packet-text.ts";
import { readExceptions } from "./read-exceptions.ts";
import type { Frame, Thrown } from "./thrown.ts";

const frame = (path: string, name: string | null, line: number): Frame => ({
  path,
  absolutePath: null,
  module: null,
  function: name,
  line,
  column: null,
  inApp: true,
  source: "return prices[item]",
});
const thrown = (type: string, value: string, frames: readonly Frame[]): Thrown => ({
  type,
  value,
  module: null,
  handled: false,
  frames,
});
const show = (chain: readonly Thrown[], more: object = {}): string =>
  `Accepted.\n\n${evidenceSection(buildPacket({ chain, server: {}, suspects: [], commits: [], ...more }, { maxBytes: 12_000 }))}`;

test("the exceptions of a packet are read back, the outermost first and the crash first", () => {
  const chain = [
    thrown("KeyError", "'pear'", [frame("shop/app.py", "main", 3), frame("shop/cart.py", "total", 12)]),
    thrown("ValueError", "no price", [frame("shop/cart.py", "checkout", 20)]),
  ];
  expect(readExceptions(show(chain))).toEqual([
    {
      type: "ValueError",
      value: "no price",
      frames: [{ file: "shop/cart.py", line: 20, function: "checkout" }],
    },
    {
      type: "KeyError",
      value: "'pear'",
      frames: [
        { file: "shop/cart.py", line: 12, function: "total" },
        { file: "shop/app.py", line: 3, function: "main" },
      ],
    },
  ]);
});

test("a message of several lines is no frame, and a type with colons is whole", () => {
  const [read] = readExceptions(
    show([thrown("App::CartError", "first\nsecond: line", [frame("a.rb", null, 1)])]),
  );
  expect([read?.type, read?.value, read?.frames]).toEqual([
    "App::CartError",
    "first\nsecond: line",
    [{ file: "a.rb", line: 1 }],
  ]);
});

test("words that look like an exception's field are none", () => {
  const words = "exception: Forged: by words\nexception:\n  | Forged: again";
  expect(readExceptions(show([], { words }))).toEqual([]);
  expect(readExceptions("exception: Forged: outside of any evidence")).toEqual([]);
});
