import { createIntakeWorld, startIntake } from "@patchpilot/conformance/worlds/intake-world";
import { endWith, openScenario, readComments } from "@patchpilot/conformance/worlds/scenario";
import { addIncident } from "@patchpilot/conformance/worlds/world";

/** What actions write on an issue when every text that somebody else may write is this one. */
export const ISSUE_CARRIERS: Readonly<Record<string, (text: string) => Promise<string>>> = {
  "an event's texts, as intake comments on them": commentOnEvent,
  "a stranger's request, as intake comments on it": commentOnRequest,
  "an agent's last words, as dispatch comments on them": (text) =>
    commentOnEnd("failure", {
      result: "failed",
      reason: text,
      summary: text,
      failure: { command: text, output: text },
    }),
  "an agent's question, as dispatch comments on it": (text) =>
    commentOnEnd("success", {
      result: "no-change",
      reason: text,
      summary: text,
      ending: "asked",
      question: text,
    }),
};

const ISSUE = 1;

async function commentOnEvent(text: string): Promise<string> {
  const test = createIntakeWorld();
  const frames = [
    {
      filename: text,
      abs_path: text,
      module: text,
      function: text,
      lineno: 3,
      in_app: true,
      context_line: text,
    },
    { filename: "src/cart.ts", function: "add", lineno: 1, in_app: true },
  ];
  const event = {
    ...{ platform: "node", level: "error", fingerprint: ["f"], transaction: text, tags: { note: text } },
    exception: { values: [{ type: text, value: text, stacktrace: { frames } }] },
  };
  test.sentry.recordEvent({ event, release: "shop@1.2.4", instants: [test.clock.now()] });
  await startIntake(test, { issue: ISSUE });
  return readComments(test, ISSUE);
}

async function commentOnRequest(text: string): Promise<string> {
  const test = createIntakeWorld({ alerts: false });
  test.world.as("mallory").openIssue({ title: text.trim() || "x", body: text });
  test.world.as("mallory").comment(ISSUE, text || "x");
  test.world.as("maya").label(ISSUE, "patchpilot:take-on");
  await startIntake(test, { issue: ISSUE });
  return ownComments(readComments(test, ISSUE), text);
}

/** Without what the stranger wrote. */
const ownComments = (all: string, text: string): string => all.slice(text.length);

async function commentOnEnd(
  conclusion: "success" | "failure",
  result: Readonly<Record<string, unknown>>,
): Promise<string> {
  const scenario = openScenario();
  const issue = addIncident(scenario.test);
  await scenario.tick();
  await endWith(scenario, conclusion, result);
  await scenario.tick({ inputs: { allow: "close" } });
  return readComments(scenario.test, issue);
}
