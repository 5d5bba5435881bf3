/**
 * `npm run check-release -- OWNER/intake v1.0.0`: proves that a release is built from the commit that it names. It builds
 * that commit anew with its own tools, compares every file, and has the attestation checked. It runs the code of that commit.
 * In place of OWNER/intake you can give an address of a repository or a path that begins with / or a dot, and in place of
 * a version v1 or a full SHA.
 *
 *   --source PLACE         path or address that the source is cloned from; https://github.com/OWNER/patchpilot by default
 *   --bundle FILE          attestations, as `gh attestation download` writes them; GitHub is asked by default
 *   --trusted-root FILE    a Sigstore root in place of the public one
 *   --without-attestation  does not ask for attestations
 *
 * GITHUB_TOKEN is a token of any account, which GitHub asks for before it shows attestations.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { git } from "@patchpilot/git";
import { OWNER } from "@patchpilot/owner";
import type { ReleaseClaim } from "./releasing/attestation/claim.ts";
import { type Proof, proveRelease } from "./releasing/attestation/prove-release.ts";
import { readAttestations, readBundles } from "./releasing/attestation/read-attestations.ts";
import { openTrust } from "./releasing/attestation/trust.ts";
import { checkRelease } from "./releasing/check/check-release.ts";
import type { CheckPorts } from "./releasing/check/ports.ts";
import { readTarget, type Target } from "./releasing/check/read-target.ts";
import { rebuild } from "./releasing/check/rebuild.ts";
import { connectGit } from "./releasing/publish/connect-git.ts";
import { readReleasedCommit } from "./releasing/released/read-released.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    source: { type: "string" },
    bundle: { type: "string" },
    "trusted-root": { type: "string" },
    "without-attestation": { type: "boolean", default: false },
  },
});

const path = process.env["PATH"] ?? "";
const folder = mkdtempSync(join(tmpdir(), "check-release-"));
try {
  const [place, ref] = positionals;
  if (place === undefined || ref === undefined)
    throw new Error("Name a release: npm run check-release -- patchpilot/intake v1.0.0");
  const target = readTarget(place, ref, OWNER);
  const bundles = readGiven(values.bundle, readBundles);
  const root = readGiven(values["trusted-root"], (text) => JSON.parse(text));
  process.exitCode = (await checkRelease(target.expected, connect(target, { bundles, root }))) ? 0 : 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function readGiven<T>(file: string | undefined, parse: (text: string) => T): T | undefined {
  if (file === undefined) return undefined;
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}.`);
  }
}

/** Attestations and a root that were given in files. */
type Given = { readonly bundles: readonly unknown[] | undefined; readonly root: unknown };

function connect(target: Target, given: Given): CheckPorts {
  const report = (line: string): void => console.log(line);
  return {
    readReleased: () => fetchReleased(target),
    ...(values["without-attestation"] ? {} : { prove: (claim) => prove(claim, given) }),
    rebuild: (released) => {
      const address = values.source ?? `https://github.com/${released.source.repository}`;
      report(`Building ${released.source.commit} of ${address} with its own tools. This takes minutes.`);
      return rebuild(released, address, folder, process.env);
    },
    report,
  };
}

async function prove(claim: ReleaseClaim, { bundles, root }: Given): Promise<Proof> {
  const token = process.env["GITHUB_TOKEN"] ?? process.env["GH_TOKEN"] ?? "";
  const found = bundles ?? (await readAttestations(claim, { token }));
  return proveRelease(claim, found, await openTrust(root));
}

/** Brings the released commit here, and reads it. */
async function fetchReleased({ prefix, repository, wanted }: Target) {
  const place = { cwd: folder, path, gitFolder: join(folder, "released.git") };
  await git({ cwd: folder, path }, ["init", "--quiet", "--bare", "--template=", place.gitFolder]);
  const ref = wanted.startsWith("refs/") ? wanted : `refs/check/${wanted}`;
  await connectGit(place, { prefix }).fetch(repository, [`${wanted}:${ref}`]);
  return readReleasedCommit(place, ref);
}
