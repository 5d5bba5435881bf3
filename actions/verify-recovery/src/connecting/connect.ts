import type { Job } from "@patchpilot/action-kit";
import { type Wires as GitHubWires, openGitHub, repositoryName } from "@patchpilot/github";
import { probe } from "@patchpilot/http";
import type { Inputs, Ports } from "../ports.ts";
import { openExposure } from "./exposure.ts";
import { openHealth } from "./health.ts";
import { createIncidentStore } from "./incident-store.ts";
import { openProduction } from "./production.ts";
import { accessSentry } from "./sentry.ts";
import { readErrorHistories } from "./sentry-errors.ts";
import { readErrorIdentities } from "./sentry-identities.ts";
import { readOperationHistories } from "./sentry-operations.ts";

/** Replaced in tests and benches. */
export type Wires = GitHubWires & { readonly probe?: typeof probe };

/** Builds the ports from inputs and job; asks nothing yet. @throws Error where the inputs do not fit together. */
export function connect(inputs: Inputs, job: Job, wires: Wires = {}): Ports {
  const { environment, secrets } = job;
  const open = (token: string | undefined) => openGitHub({ ...environment, secrets, token }, wires);
  const github = open(inputs["github-token"]);
  const home = inputs.repository ?? environment.repository;
  const target = inputs["target-token"] ? open(inputs["target-token"]) : github;
  const targetName = inputs["target-repository"] ?? home;
  const sentry = accessSentry(inputs, secrets, wires, () => store.cases);
  const store = createIncidentStore({ inputs, environment, github, home, target, targetName, sentry });
  const exposure = openExposure(inputs, secrets, wires, sentry);
  const code = { github: target, repository: repositoryName(targetName) };
  const production = openProduction(inputs, secrets, wires, { code, sentry, exposure, store });
  return {
    readCases: store.readCases,
    readProduction: production.read,
    readContainment: production.readContainment,
    probeHealth: openHealth(inputs, wires.probe ?? probe),
    readExposure: exposure,
    readErrors: sentry && ((questions) => readErrorHistories(sentry, questions)),
    readOperations: sentry && ((questions, window) => readOperationHistories(sentry, questions, window)),
    readIdentities: (errors, since) =>
      sentry ? readErrorIdentities(sentry, errors, since) : Promise.resolve({ own: new Map(), newer: [] }),
    apply: store.apply,
  };
}
