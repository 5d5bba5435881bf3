import { openVercel } from "@patchpilot/connections";
import {
  type GitHub,
  listDeployedEnvironments,
  listDeployments,
  type RepositoryName,
  readHoldings,
} from "@patchpilot/github";
import { DAY, WEEK } from "@patchpilot/time";
import type { Vercel } from "@patchpilot/vercel";
import type { VerifyInputs } from "../contract.ts";
import type { VerifyPorts } from "../ports.ts";
import type { ProductionHistory } from "../questions/sources.ts";
import type { CaseStore } from "./case-store.ts";
import { fromDeployments } from "./github-production.ts";
import type { SentryAccess } from "./sentry.ts";
import { listOfProjects, readReleases, toListed } from "./sentry-production.ts";
import { fromVercel } from "./vercel-production.ts";
import type { VerifyAccess } from "./wires.ts";

type Sources = {
  /** The repository that is deployed. */
  readonly code: { readonly github: GitHub; readonly repository: RepositoryName };
  readonly sentry: SentryAccess | undefined;
  readonly exposure: VerifyPorts["readExposure"];
  readonly store: CaseStore;
};

/**
 * What is deployed. `deployed-sha`, else Vercel if there is a token, is asked alone, even if it knows nothing; without
 * both GitHub Deployments are asked, then Sentry's releases if nothing is live there.
 */
export function connectProduction(
  inputs: VerifyInputs,
  access: VerifyAccess,
  { code, sentry, exposure, store }: Sources,
): Pick<VerifyPorts, "readProduction" | "listReleases" | "readContainment"> {
  const named = readDeployed(inputs["deployed-sha"]);
  const list = sentry && listOfProjects(sentry);
  const vercel = named === undefined ? openVercel(inputs, access) : undefined;
  return {
    readProduction: async (since) => {
      if (named !== undefined) return { source: "input", history: [{ sha: named, from: null }], waiting: [] };
      if (vercel) return askVercel(vercel, since);
      const deployments = await listDeployments(
        code.github,
        code.repository,
        inputs["production-environment"],
      );
      const span = { from: since, until: store.now() };
      const github = fromDeployments(deployments);
      if (isLiveIn(github)) return github;
      const releases = sentry && list && (await readReleases(sentry, list, exposure, span));
      if (isLiveIn(releases)) return releases;
      // Where nobody knows what is live, it is still worth saying what is on its way.
      return github ?? releases ?? (await findOtherEnvironments(code, inputs["production-environment"]));
    },
    listReleases:
      sentry && list && (async () => (await list()).map((release) => toListed(release, sentry.environment))),
    readContainment: (pairs) => {
      const asked = new Set(pairs.map(({ fix }) => fix));
      const merges = store.cases.flatMap(({ merge }) => (merge && asked.has(merge.commit) ? merge.at : []));
      const since = new Date(Math.min(store.now(), ...merges));
      return readHoldings(code.github, code.repository, pairs, since);
    },
  };
}

/** Vercel's app names environments after projects in a monorepo (`Production – shop-web`), and others do as they like. */
async function findOtherEnvironments(
  { github, repository }: Sources["code"],
  asked: string,
): Promise<ProductionHistory | undefined> {
  const environments = await listDeployedEnvironments(github, repository);
  if (environments.length === 0) return undefined;
  return { source: "github", history: [], waiting: [], elsewhere: { asked, environments } };
}

/** A source that tells of nothing live is passed over: an environment may hold nothing but a failed deployment. */
const isLiveIn = (told: ProductionHistory | undefined): boolean =>
  told !== undefined && told.history.length > 0;

/** @throws Error where it is no full SHA: a branch or seven digits cannot be looked up. */
function readDeployed(sha: string | undefined): string | undefined {
  if (sha === undefined || /^[0-9a-f]{40}$/i.test(sha)) return sha?.toLowerCase();
  throw new Error(
    `\`deployed-sha\` is "${sha}": give all 40 digits of the commit, as \`git rev-parse HEAD\` prints them.`,
  );
}

/** A baseline's week and two days before it: earlier deployments show when the rate changed, and how soon the error began. */
const BEFORE_MS = WEEK + 2 * DAY;

/** Both questions at once: what is live, and what was deployed since, and for a while before. */
async function askVercel(vercel: Vercel, since: number): Promise<ProductionHistory> {
  const [project, list] = await Promise.all([
    vercel.readProduction(),
    vercel.listDeployments({ since: new Date(since - BEFORE_MS) }),
  ]);
  return fromVercel(project, list.deployments);
}
