import { beforeAll, expect, test } from "vitest";
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

const why = async (attested: Attested, of = claim): Promise<string | undefined> => {
  const proof = proveRelease(of, [await authority.attest(attested)], trust);
  return proof.proven ? undefined : proof.why;
};

test("what release.yml attests proves the release", async () => {
  expect(await why(release)).toBeUndefined();
});
