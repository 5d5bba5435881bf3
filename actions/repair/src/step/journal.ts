import { cleanText } from "@patchpilot/evidence";
import type { RepairCall, RepairCheck, RepairResult } from "@patchpilot/incident";
import type { Patch } from "../patch/agent-changes.ts";
import { sha256Of, type TaskFile } from "./task.ts";

/** What a step came to, as a sentence. */
export type RepairEnding = { readonly result: RepairResult["result"]; readonly reason: string };

/** What became known of a step; its result says as much of it as there is, with clean names and paths. */
export type StepFacts = {
  readonly baseSha: string;
  readonly task?: TaskFile;
  readonly agent?: string;
  readonly recipe?: string;
  readonly sandbox?: string;
  /** Why there is no full wall, and what would help. */
  readonly noWall?: string | undefined;
  readonly refusedAddresses?: readonly string[];
  readonly needsDocker?: string;
  readonly patch?: Patch;
  readonly verified?: boolean;
  readonly changesTests: readonly string[];
};

/** Most UTF-16 units of texts in the result. */
const MOST = { summary: 4_000, plan: 11_000, failure: 8_000, command: 300, reason: 600, note: 300 };

/** What happened so far. Texts are cleaned as they come in, so that nothing raw is ever written. */
export type Journal = {
  readonly facts: StepFacts;
  readonly calls: RepairCall[];
  readonly checks: RepairCheck[];
  readonly notes: string[];
  plan: RepairResult["plan"];
  summary: string;
  failure: RepairResult["failure"];
  /** Notes what became known. */
  readonly learn: (news: Partial<StepFacts>) => void;
  readonly addCall: (call: RepairCall) => void;
  readonly addCheck: (check: RepairCheck) => void;
  readonly note: (text: string) => void;
  readonly setPlan: (text: string) => void;
  readonly setSummary: (text: string) => void;
  readonly setFailure: (command: string, output: string) => void;
  /** Cleans a text to one line. */
  readonly line: (text: string, most?: number) => string;
};

/** @param secrets values of the job's secrets */
export function openJournal(secrets: readonly string[], baseSha: string): Journal {
  const clean = (text: string, maxLength: number): string => cleanText(text, { maxLength, secrets }).text;
  const line = (text: string, maxLength = MOST.reason): string =>
    cleanText(text, { maxLength, secrets, singleLine: true }).text;
  let facts: StepFacts = { baseSha, changesTests: [] };
  const journal: Journal = {
    get facts() {
      return facts;
    },
    calls: [],
    checks: [],
    notes: [],
    plan: undefined,
    summary: "",
    failure: undefined,
    line,
    learn: (news) => {
      facts = { ...facts, ...news };
    },
    addCall: (call) =>
      journal.calls.push({
        ...call,
        reason: line(call.reason),
        denied: call.denied.slice(0, 20).map((each) => line(each, MOST.note)),
      }),
    addCheck: (check) => journal.checks.push({ ...check, command: line(check.command, MOST.command) }),
    note: (text) => {
      if (journal.notes.length < 50) journal.notes.push(line(text, MOST.note));
    },
    setPlan: (text) => {
      const cleaned = clean(text, MOST.plan).trim();
      if (cleaned !== "") journal.plan = { text: cleaned, sha256: sha256Of(cleaned) };
    },
    setSummary: (text) => {
      if (text.trim() !== "") journal.summary = clean(text, MOST.summary);
    },
    setFailure: (command, output) => {
      journal.failure = {
        command: line(command, MOST.command),
        output: cleanEnd(output, MOST.failure, clean),
      };
    },
  };
  return journal;
}

/** The end of an output. It is cut before it is cleaned as well, far ahead of what is shown, because it may be long. */
function cleanEnd(output: string, most: number, clean: (text: string, most: number) => string): string {
  const end = output.slice(-4 * most);
  const whole = end.length < output.length ? end.slice(end.indexOf("\n") + 1) : end;
  const cleaned = clean(whole, 8 * most).trimEnd();
  return cleaned.length <= most ? cleaned : `[…]\n${cleaned.slice(-most).toWellFormed()}`;
}
