import {
  countPulls,
  createRefs,
  ensureLabel,
  type GitHub,
  type KnownWorkflow,
  listKnownWorkflows,
  listLabelNames,
  type RepositoryName,
  readBranchHead,
  readFile,
  readVisibility,
  removeRef,
} from "@patchpilot/github";
import { HttpFailure } from "@patchpilot/http";
import { LABELS, PHASES } from "@patchpilot/incident";
import { makeBelief, REF_NAMESPACE, readIncidents } from "@patchpilot/ledger";
import { parse } from "yaml";
import type { Code } from "../code.ts";
import type { RecordFacts, RepositoryFacts, RepositorySettings, WorkflowFile } from "./facts.ts";
import { hearsDispatch } from "./hears-dispatch.ts";

/** Most workflow files that are read to find the one that hears `dispatch`. */
const MOST_FILES = 50;
const OPTIONS = ".github/patchpilot.yml";
const PROBE = `${REF_NAMESPACE}/probe`;

/**
 * Asks GitHub for what the loop needs of the repository, and tries what it writes: it makes the labels that are not
 * there yet, and makes and deletes one ref.
 */
export async function readRepository(settings: RepositorySettings, code: Code): Promise<RepositoryFacts> {
  const { github, repository, asking } = code;
  const { ask } = asking;
  const visibility = await ask(() => readVisibility(github, repository));
  const tried = settings.stopped
    ? {}
    : {
        labels: await ask(() => makeLabels(github, repository)),
        refs: await ask(() => tryRef(github, repository)),
      };
  const pulls = await ask(() => countPulls(github, repository));
  const workflows = await ask(() => listKnownWorkflows(github, repository));
  const repair =
    workflows.state === "answered" && settings["target-repository"] === undefined
      ? { repair: await ask(() => findRepair(settings, workflows.value, code)) }
      : {};
  const options = await ask(() => readOptions(github, repository));
  const records = await ask(() => readRecords(settings, code));
  return { visibility, ...tried, pulls, workflows, ...repair, options, records };
}

/**
 * Makes the labels that are not there. If all are, one is asked for again: GitHub answers that it exists, or refuses a
 * token that may not write issues.
 */
async function makeLabels(github: GitHub, repository: RepositoryName): Promise<number> {
  const names = new Set((await listLabelNames(github, repository)).map((name) => name.toLowerCase()));
  const lacking = LABELS.filter(({ name }) => !names.has(name));
  let made = 0;
  for (const label of lacking.length > 0 ? lacking : LABELS.slice(0, 1))
    if ((await ensureLabel(github, repository, label)) === "made") made += 1;
  return made;
}

/** @returns what GitHub said against it; undefined: the ref was made, and is gone again */
async function tryRef(github: GitHub, repository: RepositoryName): Promise<string | undefined> {
  const head = await readBranchHead(github, repository);
  const [result] = await createRefs(github, head.repositoryNodeId, [{ name: PROBE, oid: head.oid }]);
  const isLeftOver = result?.state === "refused" && /already exists/i.test(result.message);
  if (result?.state !== "done" && !isLeftOver) return result?.message ?? "GitHub did not answer.";
  // A second run at the same time may have deleted it already.
  await removeRef(github, repository, PROBE).catch((error: unknown) => {
    if (!(error instanceof HttpFailure) || error.kind !== "rejected") throw error;
  });
  return undefined;
}

/** The named file first: a workflow of another name may hear the event as well. */
async function findRepair(
  settings: RepositorySettings,
  workflows: readonly KnownWorkflow[],
  { github, repository }: Code,
): Promise<WorkflowFile | undefined> {
  const named = `.github/workflows/${settings.workflow}`;
  const files = workflows
    .filter(({ path }) => path.startsWith(".github/workflows/"))
    .sort((a, b) => Number(b.path === named) - Number(a.path === named));
  for (const file of files.slice(0, MOST_FILES)) {
    const text = await readFile(github, repository, file.path);
    if (text !== undefined && (file.path === named || hearsDispatch(text, settings)))
      return { ...file, text };
  }
  return undefined;
}

/** The actions have judged the file by then: only its names are of interest. */
async function readOptions(
  github: GitHub,
  repository: RepositoryName,
): Promise<readonly string[] | undefined> {
  const text = await readFile(github, repository, OPTIONS);
  return text === undefined ? undefined : Object.keys((parse(text, { logLevel: "error" }) as object) ?? {});
}

/** Records of open and lately closed incidents, and how many of them the key signed. */
async function readRecords(
  { "state-key": stateKey, "trusted-authors": authors }: RepositorySettings,
  { github, repository }: Code,
): Promise<RecordFacts> {
  const { incidents } = await readIncidents(
    github,
    repository,
    { phases: PHASES },
    makeBelief(stateKey, authors),
  );
  return {
    believed: incidents.filter(({ records }) => records.incident !== undefined).length,
    // A stranger's record blames no key.
    rejected: incidents.filter(
      ({ records }) =>
        records.incident === undefined &&
        records.rejected.some(({ reason }) => reason.includes("`state-key`")),
    ).length,
  };
}
