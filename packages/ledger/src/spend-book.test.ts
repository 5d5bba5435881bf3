import type { SpendEntry } from "@patchpilot/incident";
import { expect, test } from "vitest";
import { changeSpendBook, type SpendBook, type SpendResult, toSpendBook } from "./spend-book.ts";

const MONTH = "2026-11";
const entry = (usd: number): SpendEntry => ({ at: "2026-11-21T09:00:00Z", usd, by: "reserved" });
const bookOf = (entries: SpendBook["entries"], oid = "a"): SpendBook => ({ month: MONTH, oid, entries });

/** Another run has written `theirs`; writes end as given, one after the other. */
async function add(states: readonly SpendResult["state"][], theirs: SpendBook) {
  const written: string[][] = [];
  const { book, fault } = await changeSpendBook(
    bookOf(new Map()),
    (entries) => (entries.has("1-a1") ? undefined : new Map(entries).set("1-a1", entry(5))),
    {
      write: async (_, entries) => {
        written.push([...entries.keys()]);
        return { state: states[written.length - 1] ?? "done", oid: "b", message: "said" };
      },
      read: async () => theirs,
    },
  );
  return { written, names: book.entries === "unreadable" ? [] : [...book.entries.keys()], fault };
}

test.each<[string, readonly SpendResult["state"][], SpendBook, object]>([
  ["is written once", ["done"], bookOf(new Map()), { written: [["1-a1"]], names: ["1-a1"] }],
  [
    "is written onto what another run wrote first",
    ["raced", "done"],
    bookOf(new Map([["2-a1", entry(5)]])),
    { written: [["1-a1"], ["2-a1", "1-a1"]], names: ["2-a1", "1-a1"] },
  ],
  [
    "is not written again if a lost reply hid that it is there",
    ["unknown"],
    bookOf(new Map([["1-a1", entry(5)]])),
    { written: [["1-a1"]], names: ["1-a1"] },
  ],
  [
    "is given up after three tries",
    ["raced", "raced", "raced", "done"],
    bookOf(new Map()),
    { written: [["1-a1"], ["1-a1"], ["1-a1"]], names: [], fault: { state: "raced", message: "said" } },
  ],
  [
    "is not written over what PatchPilot did not write",
    ["raced"],
    bookOf("unreadable"),
    { written: [["1-a1"]], names: [], fault: expect.objectContaining({ state: "refused" }) },
  ],
])("an entry %s", async (_, states, theirs, outcome) => {
  expect(await add(states, theirs)).toEqual({ fault: undefined, ...outcome });
});

test.each([
  ["of a merge", "Merge pull request"],
  ["of another month", 'x\n\n{"v":1,"spend":{"2026-10":{}}}'],
  ["with an entry without a time", 'x\n\n{"v":1,"spend":{"2026-11":{"1-a1":{"usd":1,"by":"reserved"}}}}'],
])("a ref %s is not read as a sum", (_, message) => {
  expect(toSpendBook(MONTH, { name: "x", oid: "a", message }).entries).toBe("unreadable");
});

test("a source that a newer version names counts as ended", () => {
  const message = `x\n\n{"v":1,"spend":{"${MONTH}":{"1-a1":{"at":"2026-11-21T09:00:00Z","usd":1,"by":"new"}}}}`;
  expect(toSpendBook(MONTH, { name: "x", oid: "a", message }).entries).toEqual(
    new Map([["1-a1", { at: "2026-11-21T09:00:00Z", usd: 1, by: "claimed" }]]),
  );
});
