import { cleanText } from "@patchpilot/evidence";
import type { EndingCause, RepairCall, RepairCheck, RepairResult, WorkEnding } from "@patchpilot/incident";
import type { Patch } from "../patch/agent-changes.ts";
import { sha256Of, type TaskFile } from "./task.ts";

/** What is known of an end beside its sentence. */
export type EndingFacts = {
  readonly cause?: EndingCause;
  readonly ending?: WorkEnding;
  /** In the agent's words. */
  readonly question?: string;
};

/** What a step came to, as a sentence. */
export type RepairEnding = EndingFacts & {
  readonly result: RepairResult["result"];
  readonly reason: string;
};

/** What became known of a step; its result says as much of it as there is, with clean names and paths. */
export type StepFacts = Pick<RepairResult, "baseSha" | Learnt> & {
  readonly task?: TaskFile;
  readonly patch?: Patch;
  readonly refusedAddresses?: readonly string[];
  readonly changesTests: readonly string[];
};
type Learnt =
  | "agent"
  | "recipe"
  | "sandbox"
  | "noWall"
  | "needsDocker"
  | "verified"
  | "usage"
  | "baseline"
  | "proof";

/** Most UTF-16 units of texts in the result. */
const MOST = {
  summary: 4_000,
  report: 20_000,
  question: 1_000,
  explanation: 2_000,
  plan: 11_000,
  failure: 8_000,
  command: 300,
  reason: 600,
  note: 300,
};

/** What happened so far. Texts are cleaned as they come in, so that nothing raw is ever written. */
type Story = Pick<
  RepairResult,
  "calls" | "checks" | "notes" | "plan" | "summary" | "failure" | "explanation"
>;

export type Journal = ReturnType<typeof openJournal>;

/** @param secrets values of the job's secrets */
export function openJournal(secrets: readonly string[], baseSha: string) {
  const clean = (text: string, maxLength: number): string => cleanText(text, { maxLength, secrets }).text;
  const line = (text: string, maxLength = MOST.reason): string =>
    cleanText(text, { maxLength, secrets, singleLine: true }).text;
  let facts: Readonly<StepFacts> = { baseSha, changesTests: [] };
  const story: Story = {
    calls: [],
    checks: [],
    notes: [],
    plan: undefined,
    summary: "",
    failure: undefined,
    explanation: undefined,
  };
  return {
    story,
    get facts() {
      return facts;
    },
    /** Cleans a text to one line. */
    line,
    /** Notes what became known. */
    learn: (news: Partial<StepFacts>) => {
      facts = { ...facts, ...news };
    },
    addCall: (call: RepairCall) => {
      const denied = call.denied.slice(0, 20).map((each) => line(each, MOST.note));
      story.calls.push({ ...call, reason: line(call.reason), denied });
    },
    addCheck: (check: RepairCheck) => {
      story.checks.push({ ...check, command: line(check.command, MOST.command) });
    },
    note: (text: string) => {
      if (story.notes.length < 50) story.notes.push(line(text, MOST.note));
    },
    ...openWords(story, clean),
    setFailure: (command: string, output: string) => {
      story.failure = { command: line(command, MOST.command), output: cleanEnd(output, MOST.failure, clean) };
    },
    /** Nothing is red, or what was red before, which is clean already. */
    clearFailure: (before?: Story["failure"]) => {
      story.failure = before;
    },
  };
}

/** What the agent says. */
const openWords = (story: Story, clean: (text: string, maxLength: number) => string) => ({
  setPlan: (text: string) => {
    const cleaned = clean(text, MOST.plan).trim();
    if (cleaned !== "") story.plan = { text: cleaned, sha256: sha256Of(cleaned) };
  },
  /** @param kind a report is what its recipe is for, so more of it is kept */
  setSummary: (text: string, kind: "summary" | "report" = "summary") => {
    if (text.trim() !== "") story.summary = clean(text, MOST[kind]);
  },
  /** Cleans what an agent asks. */
  cleanQuestion: (text: string) => clean(text, MOST.question).trim(),
  /** @param rules names of what the agent was asked about */
  setExplanation: (rules: readonly string[], text: string) => {
    const cleaned = clean(text, MOST.explanation).trim();
    if (cleaned !== "") story.explanation = { rules: [...rules], text: cleaned };
  },
});

/** The end of an output. It is cut before it is cleaned as well, far ahead of what is shown, because it may be long. */
function cleanEnd(output: string, most: number, clean: (text: string, most: number) => string): string {
  const end = output.slice(-4 * most);
  const whole = end.length < output.length ? end.slice(end.indexOf("\n") + 1) : end;
  const cleaned = clean(whole, 8 * most).trimEnd();
  return cleaned.length <= most ? cleaned : `[…]\n${cleaned.slice(-most).toWellFormed()}`;
}
