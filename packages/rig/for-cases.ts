/** One door for set-ups outside this repository that play on the simulated world; the names stay if files move. */
export { permissionsOf, permissionsWhen } from "./conformance/src/permissions-of.ts";
export { addSentry, addVercel } from "./conformance/src/production.ts";
export { commentsOf, labelsOf, mergePullRequest, openScenario, phaseOf } from "./conformance/src/scenario.ts";
export { addIncident, REPOSITORY, REPOSITORY_ID, STATE_KEY } from "./conformance/src/world.ts";
export { GITHUB_ACTIONS_BOT } from "./simulators/src/github.ts";
export { createPostHogSimulator } from "./simulators/src/posthog.ts";
export { listen } from "./simulators/src/simulator.ts";
