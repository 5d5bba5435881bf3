import { expect, test } from "vitest";
import { takeInError } from "./support/take-in-error.ts";

/** Personal data is looked for before digests are masked: the IBANs of some countries look like digests. */

const IBANS = [
  "DE89370400440532013000",
  "AE070331234567890123456",
  "EE382200221020145685",
  "AD1200012030200359100100",
  "GB29NWBK60161331926819",
];
const DIGEST = "de89370400440532013001aabbccddee";

test("no IBAN is shown, in title or text, and a digest is", async () => {
  const value = `bank refused ${IBANS.join(" / ")} in ${DIGEST}`;
  const { record, comment } = await takeInError({
    files: ["src/pay.ts"],
    event: {
      platform: "node",
      level: "error",
      exception: {
        values: [
          { type: "PayoutError", value, stacktrace: { frames: [{ filename: "src/pay.ts", in_app: true }] } },
        ],
      },
    },
  });
  for (const iban of IBANS) {
    expect(comment).not.toContain(iban);
    expect(JSON.stringify(record)).not.toContain(iban);
  }
  expect(comment).toContain("[redacted iban]");
  expect(comment).toContain(DIGEST);
});
