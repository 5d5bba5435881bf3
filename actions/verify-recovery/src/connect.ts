import type { Job } from "@patchpilot/action-kit";
import { openPostHog } from "@patchpilot/connections";
import { openGitHub, readPullChange, repositoryName } from "@patchpilot/github";
import { probe } from "@patchpilot/http";
import { MINUTE } from "@patchpilot/time";
import { createCaseStore } from "./connect/case-store.ts";
import { openExposure } from "./connect/exposure.ts";
import { openHealth } from "./connect/health.ts";
import { connectProduction } from "./connect/production.ts";
import { resolveClosed } from "./connect/resolve.ts";
import { accessSentry } from "./connect/sentry.ts";
import { readErrorHistories } from "./connect/sentry-errors.ts";
import { countErrors, readNeighbours } from "./connect/sentry-neighbours.ts";
import { connectOperations } from "./connect/sentry-operations.ts";
import { readRequests, readTransactions } from "./connect/sentry-requests.ts";
import { connectSensor } from "./connect/sentry-sensor.ts";
import { readLastSights } from "./connect/sentry-sights.ts";
import type { VerifyWires } from "./connect/wires.ts";
import type { VerifyInputs } from "./contract.ts";
import type { VerifyPorts } from "./ports.ts";

/** What incidents cost is said in passing: it may take a minute of a run at most. */
const COST_BUDGET = { ms: MINUTE };

/** Builds the ports from inputs and job; asks nothing yet. @throws Error where the inputs do not fit together. */
export function connect(inputs: VerifyInputs, job: Job, wires: VerifyWires = {}): VerifyPorts {
  const { environment, secrets } = job;
  const open = (token: string | undefined) => openGitHub({ ...environment, secrets, token }, wires);
  const github = open(inputs["github-token"]);
  const home = inputs.repository ?? environment.repository;
  const target = {
    github: inputs["target-token"] ? open(inputs["target-token"]) : github,
    name: inputs["target-repository"] ?? home,
    home,
  };
  const access = { secrets, ...wires };
  const sentry = accessSentry(inputs, access, () => store.cases);
  const store = createCaseStore({ inputs, environment, github, home, target, sentry });
  const exposure = openExposure(inputs, access, sentry);
  const code = { github: target.github, repository: repositoryName(target.name) };
  const production = connectProduction(inputs, access, { code, sentry, exposure, store });
  return {
    ...production,
    readCases: store.readCases,
    probeHealth: openHealth(inputs, wires.probe ?? probe),
    readExposure: exposure,
    readErrors: sentry && ((questions) => readErrorHistories(sentry, questions)),
    readLastSeen: sentry && ((questions) => readLastSights(sentry, questions)),
    ...(sentry && { ...connectOperations(sentry), ...connectSensor(sentry) }),
    readNeighbours: async (errors, span) =>
      sentry ? readNeighbours(sentry, errors, span) : { own: new Map(), others: [], crowded: new Map() },
    readTransactions: sentry && ((errors, span) => readTransactions(sentry, errors, span)),
    readRequests: sentry && ((project, names, span) => readRequests(sentry, project, names, span)),
    countErrors: sentry && ((errors, span) => countErrors(sentry, errors, span)),
    readChange: (pull) => readPullChange(target.github, code.repository, pull),
    secrets: Object.values(secrets),
    countEvents: openPostHog(inputs, { ...access, budget: COST_BUDGET, retries: 1 })?.countEvents,
    apply: async (decided) => {
      const written = await store.apply(decided);
      if (sentry === undefined) return written;
      const { resolved, problems } = await resolveClosed(
        decided,
        written.unwritten,
        sentry,
        production.readContainment,
      );
      return { ...written, resolved, problems: [...written.problems, ...problems] };
    },
  };
}
