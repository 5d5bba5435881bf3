import { createScriptedModel, listen, type ModelStep, type VirtualClock } from "@patchpilot/simulators";

/** What the newest request to the model says, for a script that repeats or uses it. */
export type ModelHeard = {
  /** The agent's checkout: a runner makes that folder when the job begins. */
  cwd: string;
  /** Where the task says that the evidence is. */
  evidence: string;
  /** What the agent's tools answered since the last words. */
  answers: string;
};

/** A scripted model that listens on this machine. */
export async function serveModel(request: {
  readonly clock: VirtualClock;
  readonly script: (heard: ModelHeard) => readonly ModelStep[];
  readonly key: string;
}) {
  const { clock, key } = request;
  const heard: ModelHeard = { cwd: "/", evidence: "evidence.md", answers: "" };
  const model = createScriptedModel({
    ...{ clock, key, script: request.script(heard) },
    get cwd() {
      return heard.cwd;
    },
  });
  const fetch: typeof model.fetch = async (asked) => {
    const text = await asked.clone().text();
    heard.cwd = CHECKOUT.exec(text)?.[1] ?? heard.cwd;
    heard.evidence = EVIDENCE.exec(text)?.[1] ?? heard.evidence;
    heard.answers = text === "" ? heard.answers : readAnswers(text);
    return model.fetch(asked);
  };
  return { model, door: await listen({ fetch }) };
}

/** As the runner names it; see `run-job.ts` there. */
const CHECKOUT = /((?:\/[\w.-]+)+\/workflow-runner-\w+\/[\d-]+\/work)\b/;
const EVIDENCE = /((?:\/[\w.-]+)+\/evidence\.md)\b/;

const ANSWERS = ["tool_result", "function_call_output", "custom_tool_call_output"];

/** What tools answered, in the requests of all vendors. */
function readAnswers(body: string): string {
  const found: string[] = [];
  const look = (value: unknown, inside: boolean): void => {
    if (typeof value === "string" && inside) found.push(value);
    if (typeof value !== "object" || value === null) return;
    const { type, role } = value as { readonly type?: unknown; readonly role?: unknown };
    const isAnswer = inside || ANSWERS.includes(String(type)) || role === "tool";
    for (const each of Object.values(value)) look(each, isAnswer);
  };
  look(JSON.parse(body), false);
  return found.join("\n");
}
