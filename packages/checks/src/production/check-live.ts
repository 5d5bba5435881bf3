import { openVercel } from "@patchpilot/connections";
import { compareCommits, listDeployments } from "@patchpilot/github";
import { type Answer, openAsking } from "../asking.ts";
import type { Check } from "../check.ts";
import type { Code } from "../code.ts";
import type { SentryFacts } from "../sentry/facts.ts";
import { BUDGET, type CheckWires } from "../wires.ts";
import type { LiveFacts, LiveSettings } from "./facts.ts";
import {
  deploymentsElsewhere,
  judgeGivenCommit,
  judgeLive,
  judgeVercelSettings,
  liveCommit,
} from "./judge-live.ts";

/** Asks what visitors get: Vercel if it is set up, else GitHub Deployments, else Sentry's releases. */
export async function checkLive(
  settings: LiveSettings,
  code: Code,
  sentry: SentryFacts | undefined,
  wires: CheckWires,
): Promise<readonly Check[]> {
  const { "deployed-sha": deployedSha, "target-repository": elsewhere } = settings;
  if (deployedSha && elsewhere === undefined)
    return judgeGivenCommit(deployedSha, await knowsCommit(deployedSha, code));
  const absent = judgeVercelSettings(settings);
  if (absent !== undefined) return [absent];
  const { fetch, ask } = openAsking(wires.fetch);
  const vercel = openVercel(settings, { retries: 1, budget: BUDGET, ...wires, fetch });
  if (elsewhere !== undefined && vercel === undefined) return [deploymentsElsewhere(elsewhere)];
  const read: LiveFacts = vercel
    ? { vercel: await ask(() => vercel.readProduction()) }
    : {
        deployments: await readDeployments(settings["production-environment"], code),
        ...findRelease(sentry),
      };
  const sha = liveCommit(read);
  const isOurs = sha === undefined || elsewhere !== undefined ? {} : { isOurs: await knowsCommit(sha, code) };
  return judgeLive(settings, { ...read, ...isOurs });
}

/** The newest commit that was deployed with success. */
function readDeployments(environment: string, { github, repository, asking }: Code) {
  return asking.ask(async () => {
    const deployments = await listDeployments(github, repository, environment);
    return deployments.find(({ statuses }) => statuses.some(({ state }) => state === "success"))?.sha;
  });
}

function findRelease(sentry: SentryFacts | undefined): Pick<LiveFacts, "release"> {
  const { releases } = sentry ?? {};
  if (releases?.state !== "answered") return {};
  const newest = releases.value.find(({ commit }) => commit !== null);
  if (newest?.commit == null) return {};
  return { release: { sha: newest.commit, version: newest.version, asked: releases.asked } };
}

/** Compares the commit with itself: it answers only if the repository has it. */
function knowsCommit(sha: string, { github, repository, asking }: Code): Promise<Answer<boolean>> {
  return asking.ask(
    async () => (await compareCommits(github, repository, { base: sha, head: sha })) !== null,
  );
}
