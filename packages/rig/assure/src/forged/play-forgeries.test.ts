import { readRecords } from "@patchpilot/ledger";
import { expect, test } from "vitest";
import { FORGERIES } from "./forgeries.ts";
import { playForgeries, type RecordReader } from "./play-forgeries.ts";

/** Each kind this often, in each test. */
const COUNT = 4 * Object.keys(FORGERIES).length;

test("no forged record is believed, and each kind would be without what refuses it", () => {
  const { counts, faults } = playForgeries(5 * COUNT, 1);
  expect({ believed: counts["believed"], faults }).toEqual({ believed: 0, faults: [] });
  const unnoticed = Object.entries(counts).filter(
    ([name, count]) => name.startsWith("control ") && count === 0,
  );
  expect(unnoticed).toEqual([]);
});

const withoutSignatures: RecordReader = (issue, comments, belief) =>
  readRecords(issue, comments, { ...belief, signer: { ...belief.signer, keys: [] } });
const withoutAuthors: RecordReader = (issue, comments, belief) =>
  readRecords(
    issue,
    comments.map((comment) => ({ ...comment, viewerDidAuthor: true, editor: null })),
    belief,
  );
const withoutPlaces: RecordReader = (issue, comments, belief) =>
  readRecords(
    issue,
    comments.map((comment) => ({
      ...comment,
      body: comment.body.replace(/^[> `|]*(?=<!--)|[`|. a-z]*$/gm, ""),
    })),
    belief,
  );

test.each([
  ["does not check signatures", withoutSignatures],
  ["does not ask who wrote", withoutAuthors],
  ["takes a quoted line for one", withoutPlaces],
])("a reader that %s is noticed", (_, reader) => {
  expect(playForgeries(COUNT, 1, reader).counts["believed"]).toBeGreaterThan(0);
});
