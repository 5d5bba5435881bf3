import type { Job } from "@patchpilot/action-kit";
import {
  type CheckWires,
  type Code,
  checkHealth,
  checkLive,
  checkPostHog,
  checkRepository,
  checkSentry,
  checkWorker,
  openAsking,
} from "@patchpilot/checks";
import { openGitHub, repositoryName } from "@patchpilot/github";
import { probe, unpaced } from "@patchpilot/http";
import type { DoctorInputs } from "./contract.ts";
import type { DoctorPorts } from "./ports.ts";

/** Replaced in tests. */
export type DoctorWires = Omit<CheckWires, "secrets"> & { readonly probe?: typeof probe };

/** Builds the ports from inputs and job. Asks GitHub for its clock, by which Sentry's and PostHog's windows are cut. */
export async function connect(inputs: DoctorInputs, job: Job, wires: DoctorWires = {}): Promise<DoctorPorts> {
  const { environment, secrets } = job;
  const asking = openAsking(wires.fetch);
  const token = inputs["github-token"];
  // A check makes a handful of writes, so it need not be paced.
  const github = openGitHub(
    { ...environment, secrets, token },
    { ...wires, fetch: asking.fetch, pacing: unpaced },
  );
  const code: Code = { github, repository: repositoryName(environment.repository), asking };
  const all: CheckWires = { ...wires, secrets };
  const now = await github.clock();
  return {
    sentry: (settings) => checkSentry(settings, now, all),
    repository: (settings) => checkRepository(settings, code),
    live: (settings, sentry) => checkLive(settings, code, sentry, all),
    posthog: (settings) => checkPostHog(settings, now, all),
    health: (settings) => checkHealth(settings, wires.probe ?? probe),
    worker: (settings) => checkWorker(settings, code, environment.apiUrl, now, all),
  };
}
