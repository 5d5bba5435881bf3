import { beforeAll, expect, test } from "vitest";
import type { FileDigest } from "../trees/tree-digest.ts";
import type { ReleaseClaim } from "./claim.ts";
import { proveRelease } from "./prove-release.ts";
import { type Authority, openAuthority } from "./testing/authority.ts";
import { type Attested, attestedRelease } from "./testing/statement.ts";
import { openTrust, type Trust } from "./trust.ts";

const COMMIT = "a".repeat(40);
const claim = {
  owner: "acme-robotics",
  action: "intake",
  commit: COMMIT,
  files: [
    { path: "action.yml", sha256: "1".repeat(64) },
    { path: "dist/index.js", sha256: "2".repeat(64) },
  ],
};
const release = attestedRelease(claim);

let authority: Authority;
let trust: Trust;
beforeAll(async () => {
  authority = await openAuthority();
  trust = await openTrust(authority.root);
});

const sign = (attested: Attested): Promise<unknown> => authority.attest(attested);

async function refusal(attested: Attested, of: ReleaseClaim = claim): Promise<string | undefined> {
  const proof = proveRelease(of, [await sign(attested)], trust);
  return proof.proven ? undefined : proof.why;
}

const withClaims = (claims: Partial<Attested["claims"]>): Attested => ({
  ...release,
  claims: { ...release.claims, ...claims },
});
const HOME = "https://github.com/acme-robotics/patchpilot";
const WORKFLOW = `${HOME}/.github/workflows/release.yml@refs/heads/main`;

test("what release.yml attests proves the release", async () => {
  expect(await refusal(release)).toBeUndefined();
});

test("files of other actions in the same attestation do not matter", async () => {
  const subjects = {
    ...release.subjects,
    "claim/dist/index.js": "3".repeat(64),
    "intake-2/x": "4".repeat(64),
  };
  expect(await refusal({ ...release, subjects })).toBeUndefined();
});

const OTHER = "b".repeat(40);
const refused: [string, Attested, string][] = [
  [
    "of another repository's build",
    withClaims({ repository: "evil/patchpilot" }),
    `of a build of https://github.com/evil/patchpilot, and not of ${HOME}.`,
  ],
  [
    "by another workflow",
    withClaims({ san: `${HOME}/.github/workflows/ci.yml@refs/heads/main` }),
    `by the workflow ${HOME}/.github/workflows/ci.yml@refs/heads/main, and not by ${WORKFLOW}.`,
  ],
  [
    "by the workflow on another branch",
    withClaims({ san: WORKFLOW.replace("main", "maintenance") }),
    `by the workflow ${WORKFLOW}tenance, and not by`,
  ],
  [
    "by the workflow of another owner",
    withClaims({ san: WORKFLOW.replace("acme-robotics", "evil") }),
    "by the workflow https://github.com/evil/patchpilot/",
  ],
  [
    "by the workflow, which another branch called",
    withClaims({ ref: "refs/heads/evil" }),
    "of a build of refs/heads/evil, and not of refs/heads/main.",
  ],
  [
    "for another issuer",
    withClaims({ iss: "https://gitlab.com" }),
    "signed for https://gitlab.com, and not for GitHub Actions.",
  ],
  [
    "of another commit",
    attestedRelease({ ...claim, commit: OTHER }),
    `of the commit ${OTHER}, and the release says ${COMMIT}.`,
  ],
  [
    "whose provenance lists another commit than its certificate",
    { ...release, source: OTHER },
    `of the commit ${OTHER}, and the release says ${COMMIT}.`,
  ],
  [
    "whose certificate is of another commit than its provenance",
    withClaims({ sha: OTHER }),
    `of the commit ${OTHER}, and the release says ${COMMIT}.`,
  ],
  [
    "of another predicate type",
    { ...release, predicateType: "https://in-toto.io/attestation/vulns" },
    "states https://in-toto.io/attestation/vulns, and not the provenance",
  ],
  [
    "that is signed as something else",
    { ...release, payloadType: "application/json" },
    "The attestation is a signature, but of no in-toto statement.",
  ],
  [
    "with a certificate that had expired",
    { ...release, expired: true },
    "certificate is not valid or expired at the specified date.",
  ],
];

test.each(refused)("an attestation %s is refused", async (_, attested, sentence) => {
  expect(await refusal(attested)).toContain(sentence);
});

const [first, last] = claim.files as [FileDigest, FileDigest];
const files: [string, FileDigest[], string][] = [
  [
    "with one byte changed",
    [first, { ...last, sha256: `${"2".repeat(63)}3` }],
    "intake/dist/index.js differs from what was attested.",
  ],
  [
    "too many",
    [first, last, { path: "dist/extra.js", sha256: first.sha256 }],
    "intake/dist/extra.js is in the release, but was not attested.",
  ],
  ["too few", [last], "intake/action.yml was attested, but is not in the release."],
  [
    "under another name",
    [first, { ...last, path: "dist/main.js" }],
    "intake/dist/main.js is in the release, but was not attested.",
  ],
  [
    "that are all others",
    [],
    "intake/action.yml was attested, but is not in the release, the first of 2 such files.",
  ],
];

test.each(files)("a release with a file %s is refused", async (_, tree, sentence) => {
  expect(await refusal(release, { ...claim, files: tree })).toBe(sentence);
});

test("an attestation of another action's files is refused", async () => {
  expect(await refusal(attestedRelease({ ...claim, action: "claim" }))).toBe(
    "intake/action.yml is in the release, but was not attested, the first of 2 such files.",
  );
});

test("an attestation from another authority is refused", async () => {
  const other = await (await openAuthority()).attest(release);
  expect(proveRelease(claim, [other], trust)).toMatchObject({
    why: "The attestation cannot be trusted: no valid certificate path found.",
  });
});

type Json = { readonly [key: string]: Json } | readonly Json[] | string;

/** Copies of a bundle, each with one byte changed in one of its texts, by the path of that text. */
function changeTexts(json: Json, path = ""): [string, Json][] {
  if (typeof json === "string") return [[path, changeByte(json)]];
  return Object.entries(json).flatMap(([key, value]) =>
    changeTexts(value, `${path}/${key}`).map(([at, changed]): [string, Json] => [
      at,
      Array.isArray(json) ? json.with(Number(key), changed) : { ...json, [key]: changed },
    ]),
  );
}

function changeByte(text: string): string {
  const isBase64 = /^[A-Za-z0-9+/]{40,}=*$/.test(text);
  const bytes = Buffer.from(text, isBase64 ? "base64" : "utf8");
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  return bytes.toString(isBase64 ? "base64" : "utf8");
}

/** The signed checkpoint repeats these; they are read from there. */
const REPEATED = ["rootHash", "treeSize"].map(
  (name) => `/verificationMaterial/tlogEntries/0/inclusionProof/${name}`,
);

test("with one byte changed, an attestation proves nothing, whatever text the byte is in", async () => {
  const changed = changeTexts((await sign(release)) as Json);
  const accepted = changed.filter(([, bundle]) => proveRelease(claim, [bundle], trust).proven);
  expect(changed.length).toBeGreaterThan(12);
  expect(accepted.map(([path]) => path)).toEqual(REPEATED);
});

test.each([null, "{}", [], {}, { mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json" }])(
  "%j is refused in place of an attestation",
  (bundle) => {
    expect(proveRelease(claim, [bundle], trust)).toMatchObject({
      why: expect.stringContaining("The attestation cannot be trusted: "),
    });
  },
);

test("without an attestation nothing is proven", () => {
  expect(proveRelease(claim, [], trust)).toEqual({
    proven: false,
    why: `There is no attestation of intake built from ${COMMIT}.`,
  });
});

test("one attestation that proves the release is enough, and of others each is explained once", async () => {
  const other = await sign(attestedRelease({ ...claim, commit: OTHER }));
  expect(proveRelease(claim, [other, await sign(release)], trust).proven).toBe(true);
  expect(proveRelease(claim, [other, other], trust)).toEqual({
    proven: false,
    why: `The attestation is of a build of the commit ${OTHER}, and the release says ${COMMIT}.`,
  });
});
