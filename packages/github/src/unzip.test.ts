import { zipSync } from "fflate";
import { expect, it } from "vitest";
import { unzipFiles } from "./unzip.ts";

const LIMITS = { packed: 1000, unpacked: 4000 };
const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (files: ReadonlyMap<string, Uint8Array>, name: string) =>
  new TextDecoder().decode(files.get(name));

/** Writes a number into every place of an archive that tells the unpacked size of its one file. */
function lyingAbout(zip: Uint8Array, size: number, lie: number): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.length);
  for (let at = 0; at + 4 <= zip.length; at += 1)
    if (view.getUint32(at, true) === size) view.setUint32(at, lie, true);
  return zip;
}

it("gives the files that are asked for, and no others", () => {
  const files = unzipFiles(
    zipSync({ "change.patch": bytes("diff"), "other.txt": bytes("x") }),
    ["change.patch", "result.json"],
    LIMITS,
  );
  expect([...files.keys()]).toEqual(["change.patch"]);
  expect(textOf(files, "change.patch")).toBe("diff");
});

it.each(["../change.patch", "/change.patch", "a/change.patch", "change.patch\0"])(
  "takes a file that is called %j for no other",
  (name) => {
    expect(unzipFiles(zipSync({ [name]: bytes("x") }), ["change.patch"], LIMITS).size).toBe(0);
  },
);

it.each([
  ["nothing", new Uint8Array()],
  ["a text", bytes("<html>Sign in</html>")],
  ["a truncated zip", zipSync({ "change.patch": bytes("diff") }).subarray(0, 40)],
])("says that %s is no zip", (_, content) => {
  expect(() => unzipFiles(content, ["change.patch"], LIMITS)).toThrow("it cannot be read as a zip");
});

it("names a file that would unpack to more than the limit", () => {
  const zip = zipSync({ "change.patch": new Uint8Array(100_000) });
  expect(() => unzipFiles(zip, ["change.patch"], LIMITS)).toThrow("change.patch is too large to be read");
});

it("never unpacks more than an archive says it holds", () => {
  const bomb = lyingAbout(zipSync({ "change.patch": new Uint8Array(5_000_000) }), 5_000_000, 100);
  const files = unzipFiles(bomb, ["change.patch"], { packed: 10_000, unpacked: 4000 });
  expect(files.get("change.patch")?.length ?? 0).toBeLessThanOrEqual(100);
});

it("takes the first of several files of one name: an archive may list one thousands of times", () => {
  const zip = zipSync({ "change.patch": bytes("first"), "change.patcX": bytes("second") });
  const text = Buffer.from(zip).toString("latin1").replaceAll("patcX", "patch");
  const files = unzipFiles(Buffer.from(text, "latin1"), ["change.patch"], LIMITS);
  expect(textOf(files, "change.patch")).toBe("first");
});

it("reads no archive that claims to hold billions of files", () => {
  const zip = new DataView(new ArrayBuffer(56 + 20 + 22));
  zip.setUint32(0, 0x06064b50, true);
  zip.setUint32(32, 0xffffffff, true);
  zip.setUint32(56, 0x07064b50, true);
  zip.setUint32(76, 0x06054b50, true);
  zip.setUint32(84, 0xffffffff, true);
  expect(() => unzipFiles(new Uint8Array(zip.buffer), ["change.patch"], LIMITS)).toThrow(
    "it cannot be read as a zip",
  );
});
