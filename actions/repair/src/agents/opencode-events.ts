import * as z from "zod";
import type { AgentExit, AgentReport } from "./agent.ts";
import * as sentences from "./sentences.ts";

const text = z.string().catch("");

/**
 * What we read of an event of `opencode run --format json`, or of what it stored, which has no type; other fields
 * and other types of event are passed over.
 */
const event = z.object({
  type: z.string().optional(),
  sessionID: z.string().optional().catch(undefined),
  error: z
    .object({
      name: text,
      data: z
        .object({ message: text, responseBody: text, statusCode: z.number().optional().catch(undefined) })
        .catch({ message: "", responseBody: "", statusCode: undefined }),
    })
    .optional()
    .catch(undefined),
  part: z
    .object({
      type: text,
      text,
      reason: text,
      tool: text,
      state: z
        .object({ status: text, error: text, input: z.record(z.string(), z.unknown()).catch({}) })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});
type Event = z.infer<typeof event>;
type Part = NonNullable<Event["part"]>;

/**
 * Reads what OpenCode reported. Its turns are the model's answers; the gate limits them. It reports no cost: of a model that it
 * does not know it says 0.
 */
export function readOpenCodeEvents(exit: AgentExit): AgentReport {
  const events = preferStored(exit.stdout.split("\n").flatMap(readEvent));
  const pick = (wanted: string): Part[] =>
    events.flatMap(({ part }) => (part?.type === wanted ? [part] : []));
  const steps = pick("step-finish");
  return {
    ...judgeEvents(exit, events, steps),
    session: events.find(({ sessionID }) => sessionID !== undefined)?.sessionID,
    text: pick("text").at(-1)?.text ?? "",
    turns: events.length === 0 ? null : steps.length,
    costUsd: null,
    denied: pick("tool").filter(wasDenied).map(describeDenial),
  };
}

/** What is stored is whole. An error before the first answer is printed alone, and a call that was stopped stores nothing more. */
function preferStored(events: readonly Event[]): readonly Event[] {
  const stored = events.filter(({ type }) => type === undefined);
  return stored.length === 0 ? events : [...stored, ...events.filter(({ type }) => type === "error")];
}

function readEvent(line: string): Event[] {
  if (!line.startsWith("{")) return [];
  try {
    const parsed = event.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
}

const wasDenied = ({ state }: Part): boolean =>
  state?.status === "error" && /a rule which prevents|rejected permission|unavailable tool/.test(state.error);

function describeDenial({ tool, state }: Part): string {
  const input = state?.input ?? {};
  const subject = input["command"] ?? input["filePath"] ?? input["url"] ?? input["pattern"];
  return sentences.shorten(typeof subject === "string" ? `${tool}: ${subject}` : tool, 120);
}

function judgeEvents(
  exit: AgentExit,
  events: readonly Event[],
  steps: readonly Part[],
): Pick<AgentReport, "ended" | "reason" | "status"> {
  if (exit.interrupted) return { ended: "timeout", reason: sentences.OUT_OF_TIME };
  const failed = events.findLast(({ error }) => error !== undefined)?.error;
  if (failed !== undefined) return judgeError(failed);
  if (steps.length === 0 || exit.code !== 0) {
    const reason = `OpenCode ended ${sentences.describeStatus(exit.code)} in the middle of its work. ${sentences.lastWords(exit.stderr, exit.stdout)}`;
    return { ended: "crashed", reason };
  }
  const worked = events.some(
    ({ part }) => part?.type === "tool" || (part?.type === "text" && part.text !== ""),
  );
  if (!worked || steps.at(-1)?.reason === "content-filter")
    return {
      ended: "refused",
      reason: "The model ended its turn without a word and without a step: it declined the task.",
    };
  return { ended: "done", reason: "" };
}

function judgeError({
  name,
  data: { message, responseBody, statusCode: status },
}: NonNullable<Event["error"]>): Pick<AgentReport, "ended" | "reason" | "status"> {
  const reply = `${message} ${responseBody}`;
  const unanswered = sentences.readNoAnswer(reply);
  if (unanswered !== undefined)
    return {
      ended: "api-error",
      status: unanswered,
      reason: sentences.describeApiError(unanswered, "It gives no answer."),
    };
  const closed = sentences.judgeClosedGate(reply);
  if (closed !== undefined) return closed;
  if (status === 401 || status === 403)
    return { ended: "unauthorized", reason: sentences.describeRefusedKey(status, "model-api-key") };
  if (name === "APIError")
    return { ended: "api-error", status, reason: sentences.describeApiError(status, message) };
  return {
    ended: "crashed",
    reason: `OpenCode reported an error (${name}): ${sentences.shorten(message, 200)}`,
  };
}
