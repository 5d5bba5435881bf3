/** One door for set-ups outside this repository that play on the simulated world; the names stay if files move. */
export { permissionsOf, permissionsWhen } from "./conformance/worlds/permissions-of.ts";
export { addSentry, addVercel } from "./conformance/worlds/providers.ts";
export {
  mergePullRequest,
  openScenario,
  readComments as commentsOf,
  readLabels as labelsOf,
  readPhase as phaseOf,
} from "./conformance/worlds/scenario.ts";
export { addIncident, REPOSITORY_ID, SHOP as REPOSITORY, STATE_KEY } from "./conformance/worlds/world.ts";
export { GITHUB_ACTIONS_BOT } from "./simulators/src/github.ts";
export { createPostHogSimulator } from "./simulators/src/posthog.ts";
export { listen } from "./simulators/src/simulator.ts";
