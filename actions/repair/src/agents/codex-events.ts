import * as z from "zod";
import type { AgentExit, AgentReport } from "./agent.ts";
import {
  describeApiError,
  describeRefusedKey,
  describeStatus,
  judgeClosedGate,
  lastWords,
  OUT_OF_TIME,
  shorten,
} from "./sentences.ts";

const text = z.string().catch("");

/** What we read of an event of `codex exec --json`; other fields and other types of event are passed over. */
const event = z.object({
  type: z.string(),
  thread_id: z.string().optional().catch(undefined),
  message: text,
  error: z.object({ message: text }).optional().catch(undefined),
  item: z
    .object({
      type: text,
      text,
      command: text,
      aggregated_output: text,
      exit_code: z.number().nullish().catch(null),
      status: text,
    })
    .optional()
    .catch(undefined),
});
type Event = z.infer<typeof event>;
type Item = NonNullable<Event["item"]>;

/** Items that are no step of the work: thoughts, lists, and warnings that Codex reports as errors. */
const NO_TURN = new Set(["reasoning", "todo_list", "error"]);

/**
 * Reads what Codex told. It knows neither a limit for turns nor money: its turns are the steps that it finished
 * (commands, changes, messages). The model's gate limits both, and counts what it costs. Events are not complete: version 0.169.0
 * now and then tells nothing of a command that ends at once.
 */
export function readCodexEvents(exit: AgentExit): AgentReport {
  const events = exit.stdout.split("\n").flatMap(readEvent);
  const items = events.flatMap(({ type, item }) =>
    type === "item.completed" && item !== undefined ? [item] : [],
  );
  const steps = items.filter(({ type }) => !NO_TURN.has(type));
  return {
    ...judgeEvents(exit, events, steps),
    session: events.find(({ type }) => type === "thread.started")?.thread_id,
    text: steps.findLast(({ type }) => type === "agent_message")?.text ?? "",
    turns: events.length === 0 ? null : steps.length,
    costUsd: null,
    denied: items.filter(wasDenied).map(({ type, command }) => shorten(command === "" ? type : command, 120)),
  };
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

/** Codex asks nobody: what its sandbox or its policy does not allow is declined, or fails for the command. */
function wasDenied({ status, exit_code, aggregated_output }: Item): boolean {
  if (status === "declined") return true;
  return (exit_code ?? 0) !== 0 && /Read-only file system|Operation not permitted/.test(aggregated_output);
}

function judgeEvents(
  exit: AgentExit,
  events: readonly Event[],
  steps: readonly Item[],
): Pick<AgentReport, "ended" | "reason" | "status"> {
  if (exit.interrupted) return { ended: "timeout", reason: OUT_OF_TIME };
  const failed = events.findLast(({ type }) => type === "turn.failed");
  if (failed !== undefined) return judgeFailedTurn(failed.error?.message ?? "");
  if (events.every(({ type }) => type !== "turn.completed")) {
    const reason = `Codex ended ${describeStatus(exit.code)} in the middle of its work. ${lastWords(exit.stderr, exit.stdout)}`;
    return { ended: "crashed", reason };
  }
  const broken = describeBrokenSandbox(steps);
  if (broken !== undefined) return { ended: "crashed", reason: broken };
  if (steps.length === 0)
    return {
      ended: "refused",
      reason: "The model ended its turn without a word and without a step: it declined the task.",
    };
  return { ended: "done", reason: "" };
}

function judgeFailedTurn(message: string): Pick<AgentReport, "ended" | "reason" | "status"> {
  const closed = judgeClosedGate(message);
  if (closed !== undefined) return closed;
  const told = message.match(/status:? (\d{3})/)?.[1];
  const status = told === undefined ? undefined : Number(told);
  if (status === 401 || status === 403)
    return { ended: "unauthorized", reason: describeRefusedKey(status, "openai-api-key") };
  return { ended: "api-error", status, reason: describeApiError(status, message) };
}

/** Codex goes on where its sandbox cannot start, and every command fails: that is no repair, and people must hear why. */
function describeBrokenSandbox(steps: readonly Item[]): string | undefined {
  const commands = steps.filter(({ type }) => type === "command_execution");
  const broken = commands.filter(({ aggregated_output }) => /^bwrap: /.test(aggregated_output));
  if (broken.length === 0 || broken.length < commands.length) return undefined;
  return [
    `Codex's own sandbox cannot start on this runner (${shorten(broken[0]?.aggregated_output ?? "", 120)}).`,
    "Allow unprivileged user namespaces on it (`sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`",
    "before this step), or set `sandbox: docker` with a `sandbox-image`.",
  ].join(" ");
}
