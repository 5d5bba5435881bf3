import { type ActionRun, dispatch } from "@patchpilot/conformance/worlds/run-actions";
import {
  declinePullRequest,
  endWith,
  mergePullRequest,
  openScenario,
  proposeFix,
  publishFix,
  type RepairScenario,
} from "@patchpilot/conformance/worlds/scenario";
import { addIncident } from "@patchpilot/conformance/worlds/world";
import { dispatchOn, hearDispatches, startRounds } from "./go-on.ts";
import { KEPT, type Story } from "./story.ts";

const CAPS = { "max-usd-per-attempt": "5", "max-usd-per-month": "60", "max-open-prs": "9" };

/** A scheduled run of `dispatch` after something happened. */
const scheduled = (
  story: string,
  before: (scenario: RepairScenario) => Promise<unknown>,
  run: Partial<ActionRun> = {},
): Story => ({
  action: "dispatch",
  story,
  open: async () => {
    const scenario = openScenario(KEPT);
    const { test } = scenario;
    await before(scenario);
    const workers = hearDispatches(test);
    const begin = startRounds(test);
    return {
      test,
      run: (wires) => dispatch(test, { runId: 700, ...run, ...wires }),
      goOn: () => dispatchOn(test, workers, begin, run),
    };
  },
});

const working = async (scenario: RepairScenario): Promise<void> => {
  addIncident(scenario.test);
  await scenario.tick();
};

export const DISPATCH_STORIES: readonly Story[] = [
  scheduled("accepted", async ({ test }) => addIncident(test)),
  scheduled(
    "two with caps",
    async ({ test }) => {
      addIncident(test);
      addIncident(test);
    },
    { inputs: CAPS },
  ),
  scheduled("published", async (scenario) => {
    await working(scenario);
    await publishFix(scenario);
  }),
  scheduled("merged", async (scenario) => {
    await proposeFix(scenario);
    scenario.pass(5);
    mergePullRequest(scenario);
  }),
  scheduled("declined", async (scenario) => {
    await proposeFix(scenario);
    declinePullRequest(scenario);
  }),
  scheduled("failed", async (scenario) => {
    await working(scenario);
    await endWith(scenario, "failure", { result: "failed" });
    scenario.pass(40);
  }),
  scheduled("changes asked for", async (scenario) => {
    const { pull } = await proposeFix(scenario);
    const comments = [{ path: "src/checkout.ts", line: 1, body: "Here" }];
    const review = { state: "changes_requested", body: "Test the empty cart, too", comments } as const;
    scenario.test.world.as("maya").review(pull, review);
  }),
  scheduled("dismissed", async (scenario) => {
    const issue = addIncident(scenario.test);
    scenario.test.world.as("maya").closeIssue(issue);
  }),
];
