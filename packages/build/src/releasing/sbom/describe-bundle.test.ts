import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { expect, test } from "vitest";
import { describeBundle } from "./describe-bundle.ts";

const RELEASE = {
  owner: "acme-robotics",
  action: "intake",
  version: "1.2.0",
  commit: "a".repeat(40),
  time: "2026-11-29T12:00:00+01:00",
};
const PACKAGES = [
  { name: "zod", version: "4.6.7", license: "MIT" },
  { name: "@octokit/core", version: "7.0.8", license: "(MIT OR Apache-2.0)" },
  { name: "odd", version: "1.0.0+build.1", license: "SEE LICENSE IN LICENSE" },
  { name: "bare", version: "0.0.1" },
];

type Bom = { serialNumber: string; metadata: { timestamp: string }; components: { purl: string }[] };
const read = (text: string) => JSON.parse(text) as Bom;

/** What CycloneDX's own schema has against a document. */
const validate = (text: string) => new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text);

test("the official schema accepts it", async () => {
  expect(await validate(describeBundle(RELEASE, PACKAGES))).toBeNull();
});

test("the schema refuses one with a broken serial number", async () => {
  expect(await validate(describeBundle(RELEASE, PACKAGES).replace("urn:uuid:", "uuid:"))).not.toBeNull();
});

test("it has the same bytes each time, whatever the order of the packages", () => {
  expect(describeBundle(RELEASE, PACKAGES.toReversed())).toBe(describeBundle(RELEASE, PACKAGES));
});

test("another commit and another action give another serial number", () => {
  const serials = [RELEASE, { ...RELEASE, commit: "b".repeat(40) }, { ...RELEASE, action: "claim" }].map(
    (release) => read(describeBundle(release, PACKAGES)).serialNumber,
  );
  expect(new Set(serials).size).toBe(3);
});

test("its time is the commit's", () => {
  expect(read(describeBundle(RELEASE, [])).metadata.timestamp).toBe("2026-11-29T11:00:00.000Z");
});

test("each package is named by its purl", () => {
  expect(read(describeBundle(RELEASE, PACKAGES)).components.map(({ purl }) => purl)).toEqual([
    "pkg:npm/%40octokit/core@7.0.8",
    "pkg:npm/bare@0.0.1",
    "pkg:npm/odd@1.0.0%2Bbuild.1",
    "pkg:npm/zod@4.6.7",
  ]);
});
