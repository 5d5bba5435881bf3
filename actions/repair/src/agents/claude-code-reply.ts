import * as z from "zod";
import { type AgentExit, type AgentReport, NOTHING_TOLD } from "./agent.ts";
import {
  describeApiError,
  describeRefusedKey,
  describeStatus,
  judgeClosedGate,
  lastWords,
  OUT_OF_MONEY,
  OUT_OF_TIME,
  OUT_OF_TURNS,
  shorten,
} from "./sentences.ts";

const optionalText = z.string().optional().catch(undefined);
const optionalNumber = z.number().nonnegative().optional().catch(undefined);

/** What we read of `--output-format json`. A field that is missing or of another type is not known: no error. */
const reply = z.object({
  type: z.literal("result"),
  subtype: z.string().catch(""),
  is_error: z.boolean(),
  result: z.string().catch(""),
  session_id: optionalText,
  stop_reason: optionalText,
  api_error_status: optionalNumber,
  terminal_reason: optionalText,
  num_turns: optionalNumber,
  total_cost_usd: optionalNumber,
  permission_denials: z
    .array(z.object({ tool_name: z.string(), tool_input: z.record(z.string(), z.unknown()).catch({}) }))
    .catch([]),
});
type Reply = z.infer<typeof reply>;

/** Reads what Claude Code answered. `is_error` decides: on an API error the subtype still says `success`. */
export function readClaudeReply(exit: AgentExit): AgentReport {
  const found = findReply(exit.stdout);
  if (found === undefined) {
    if (exit.interrupted) return { ...NOTHING_TOLD, ended: "timeout", reason: OUT_OF_TIME };
    const reason = `Claude Code ended ${describeStatus(exit.code)} and without a result. ${lastWords(exit.stderr, exit.stdout)}`;
    return { ...NOTHING_TOLD, ended: "crashed", reason };
  }
  return {
    ...(exit.interrupted ? { ended: "timeout", reason: OUT_OF_TIME } : judgeReply(found)),
    session: found.session_id,
    text: found.result,
    turns: found.num_turns ?? null,
    costUsd: found.total_cost_usd ?? null,
    denied: found.permission_denials.map(({ tool_name, tool_input }) =>
      describeDenial(tool_name, tool_input),
    ),
  };
}

/** The last line that is a result: whatever is printed around it is not ours to judge. */
function findReply(stdout: string): Reply | undefined {
  for (const line of stdout.trim().split("\n").reverse()) {
    const parsed = reply.safeParse(parseJson(line));
    if (parsed.success) return parsed.data;
  }
  return undefined;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function judgeReply(found: Reply): Pick<AgentReport, "ended" | "reason" | "status"> {
  const { subtype, stop_reason, api_error_status: status } = found;
  if (!found.is_error) return { ended: "done", reason: "" };
  if (subtype === "error_max_turns") return { ended: "turns", reason: OUT_OF_TURNS };
  if (subtype === "error_max_budget_usd") return { ended: "turns", reason: OUT_OF_MONEY };
  const closed = judgeClosedGate(found.result);
  if (closed !== undefined) return closed;
  if (stop_reason === "refusal")
    return { ended: "refused", reason: `The model declined the task: ${shorten(found.result, 200)}` };
  if (status === 401 || status === 403)
    return { ended: "unauthorized", reason: describeRefusedKey(status, "anthropic-api-key") };
  if (status !== undefined || found.terminal_reason === "api_error")
    return { ended: "api-error", status, reason: describeApiError(status, found.result) };
  const told = found.result === "" ? "no words" : shorten(found.result, 200);
  return { ended: "crashed", reason: `Claude Code reported an error (${subtype || "unnamed"}): ${told}` };
}

function describeDenial(tool: string, input: Readonly<Record<string, unknown>>): string {
  const subject = input["command"] ?? input["file_path"] ?? input["url"] ?? input["pattern"];
  return shorten(typeof subject === "string" ? `${tool}: ${subject}` : tool, 120);
}
