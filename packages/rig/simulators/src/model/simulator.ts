import type { VirtualClock } from "../clock.ts";
import { simulate } from "../simulator.ts";
import { answerAsAnthropic, failAsAnthropic } from "./anthropic.ts";
import { answerAsChat } from "./chat.ts";
import { listModels } from "./list-models.ts";
import { answerAsOpenAi, failAsOpenAi } from "./openai.ts";
import type { ModelRequest, ModelStep } from "./script.ts";

export type ScriptedModelOptions = {
  readonly clock: VirtualClock;
  readonly script: readonly ModelStep[];
  /** The only key that is accepted; any other is answered with 401. */
  readonly key: string;
  /** The checkout in which the agent works. */
  readonly cwd: string;
  /** Told when a request is left to hang. */
  readonly onHang?: () => void;
};

/**
 * A model that answers from a script, over both vendors' APIs and as chat completions. It proves that flags, environment, replies,
 * time limits and budgets are handled; it says nothing about how well a model repairs.
 */
export type ScriptedModel = ReturnType<typeof createScriptedModel>;

/** Makes a scripted model. Routes: GET /v1/models; POST /v1/messages, /v1/messages/count_tokens, /v1/responses, /v1/chat/completions. */
export function createScriptedModel(options: ScriptedModelOptions) {
  const asked: ModelRequest[] = [];
  const violations: string[] = [];
  const steps = [...options.script];
  const handle = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    if (`${request.method} ${pathname}${search}` === "GET /v1/models") {
      return listModels(request.headers, { key: options.key, models: ["scripted-1"] });
    }
    const vendor = VENDORS[`${request.method} ${pathname}`];
    if (vendor === undefined) {
      violations.push(`${request.method} ${pathname}${search} is not a route of the scripted model`);
      return Response.json({ error: { message: "scripted: no such route" } }, { status: 404 });
    }
    const seen = readRequest(vendor, request.headers, JSON.parse(await request.text()));
    if (seen.key !== options.key) return fail(vendor, 401);
    if (pathname.endsWith("/count_tokens")) return Response.json({ input_tokens: 1_000 });
    asked.push(seen);
    const step = takeStep(steps);
    if (step === undefined) {
      violations.push(`request ${asked.length} came after the end of the script`);
      return fail(vendor, 400);
    }
    if ("hang" in step) options.onHang?.();
    return play(step, seen, { id: asked.length, cwd: options.cwd });
  };
  const wire = simulate({
    clock: options.clock,
    handle,
    operationOf: ({ method, path }) => `${method} ${path.split("?")[0]}`,
  });
  return Object.assign(wire, {
    /** What was asked, in order, with the bodies. */
    asked: asked as readonly ModelRequest[],
    /** Requests that the script or the API has no answer for; a test ends by expecting none. */
    violations: violations as readonly string[],
    /** Steps that were not played. */
    left: () => steps.length,
  });
}

const VENDORS: Readonly<Record<string, ModelRequest["vendor"]>> = {
  "POST /v1/messages": "anthropic",
  "POST /v1/messages/count_tokens": "anthropic",
  "POST /v1/responses": "openai",
  "POST /v1/chat/completions": "chat",
};

const ANSWER = { anthropic: answerAsAnthropic, openai: answerAsOpenAi, chat: answerAsChat };

function readRequest(
  vendor: ModelRequest["vendor"],
  headers: Headers,
  body: Record<string, unknown>,
): ModelRequest {
  const key = headers.get("x-api-key") ?? headers.get("authorization")?.replace(/^Bearer /, "");
  const tools = Array.isArray(body["tools"]) ? body["tools"] : [];
  return {
    vendor,
    key,
    model: String(body["model"]),
    body,
    tools: tools.map((tool) => String(tool?.name ?? tool?.function?.name ?? tool?.type)),
  };
}

function takeStep(steps: ModelStep[]): ModelStep | undefined {
  const [next] = steps;
  if (next !== undefined && !("fail" in next && next.always === true)) steps.shift();
  return next;
}

function fail(vendor: ModelRequest["vendor"], status: number): Response {
  return Response.json(vendor === "anthropic" ? failAsAnthropic(status) : failAsOpenAi(status), { status });
}

async function play(
  step: ModelStep,
  request: ModelRequest,
  facts: { id: number; cwd: string },
): Promise<Response> {
  if ("hang" in step) return new Promise(() => undefined);
  if ("fail" in step) return fail(request.vendor, step.fail);
  const body = ANSWER[request.vendor](step, { ...facts, model: request.model });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}
