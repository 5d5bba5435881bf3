import {
  arrangeDartPackages,
  arrangeFiles,
  listPubspecs,
  needsDartPackages,
  type RepositoryFiles,
} from "@patchpilot/evidence";
import type { Tolerate } from "@patchpilot/http";
import { readChain } from "../decide/chain.ts";
import type { Candidate } from "../facts.ts";
import type { IntakePorts } from "../ports.ts";

/** More pubspecs than one request reads are not read: then folders are compared with the names of packages. */
const MOST_PUBSPECS = 50;

/**
 * Lists the repository's files in one request; if a stack names packages of Dart, one more reads what the pubspecs call
 * them. Null if the files could not be listed.
 */
export async function readFiles(
  candidates: readonly Candidate[],
  code: IntakePorts["code"],
  tolerate: Tolerate,
): Promise<RepositoryFiles | null> {
  const files = await tolerate("The repository's files could not be listed", async () => {
    const { paths, complete } = await code.listFiles();
    return arrangeFiles(paths, complete);
  });
  const isDart = files !== null && candidates.some((candidate) => needsDartPackages(readChain(candidate)));
  const pubspecs = isDart ? listPubspecs(files) : [];
  if (files === null || pubspecs.length === 0 || pubspecs.length > MOST_PUBSPECS) return files;
  const texts = await tolerate("The names of Dart's packages could not be read", () =>
    code.readTexts(pubspecs),
  );
  if (texts === null) return files;
  const named = pubspecs.map((path, index) => [path, texts[index] ?? null] as const);
  return { ...files, dartPackages: arrangeDartPackages(named) };
}
