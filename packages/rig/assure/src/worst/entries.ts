import { ENTRIES } from "@patchpilot/bench/redaction/worst-inputs";
import {
  bareFunctionName,
  buildPacket,
  evidenceSection,
  makeSignature,
  readShownExceptions,
} from "@patchpilot/evidence";
import { parseSpoken } from "@patchpilot/incident";
import { findHiddenLine, readRecords } from "@patchpilot/ledger";
import { type ReportFormat, readTestRun } from "@patchpilot/test-report";
import { HOME_ID, ISSUE, KEYS, ownComment } from "../forged/history.ts";

/** A way by which a text of others gets into the program. */
export type TextEntry = (text: string, secrets: readonly string[]) => unknown;

const frame = (text: string) => ({
  ...{ path: text, absolutePath: text, module: text, function: text, source: text },
  ...{ line: 7, column: 400, inApp: true },
});

const thrownWith = (text: string) => ({
  ...{ type: text, value: text, module: text, handled: false },
  frames: [frame(text), frame("src/cart.ts"), frame(text)],
});

function hostilePacket(text: string, secrets: readonly string[]) {
  const facts = {
    ...{
      title: text,
      words: text,
      chain: [thrownWith(text)],
      transaction: text,
      culprit: text,
      release: text,
    },
    ...{ server: { status: text }, suspects: [], commits: [] },
  };
  return buildPacket(facts, { maxBytes: 16_384, secrets });
}

const reports: Readonly<Record<string, ReportFormat>> = {
  "a report in JUnit's XML": "junit",
  "a report of pytest": "pytest",
  "a report of unittest": "unittest",
  "a report in TAP": "tap",
  "a report of go": "go",
  "a report of go as text": "go-text",
  "a report of cargo": "cargo",
  "a report of vitest": "vitest",
  "a report of jest": "jest",
};

const HEADS: Readonly<Record<string, string>> = {
  junit: '<testsuites><testsuite><testcase classname="a" name="b"><failure message="m">',
  unittest: "Ran 1 test\n",
  vitest: '{"testResults":[{"assertionResults":[{"status":"failed","failureMessages":["',
  jest: '{"testResults":[{"assertionResults":[{"status":"failed","failureMessages":["',
};

function readReport(format: ReportFormat, text: string): unknown {
  const bare = { exitCode: 1, timedOut: false, stdout: text, stderr: text, reports: [{ path: "r", text }] };
  const headed = `${HEADS[format] ?? ""}${text}`;
  const whole = { ...bare, stdout: headed, reports: [{ path: "r", text: headed }] };
  return [bare, whole].map((ran) => readTestRun(format, ran, "/work/shop"));
}

const READERS: Readonly<Record<string, TextEntry>> = {
  "evidence of an event": (text, secrets) => evidenceSection(hostilePacket(text, secrets)),
  "exceptions read back": (text) =>
    [text, `\nFrom outside; x\nexception: ${text}\n  | ${text}`].map(readShownExceptions),
  "a signature": (text) => makeSignature([thrownWith(text)]),
  "a function's name": bareFunctionName,
  "a comment's records": (text) =>
    readRecords(
      ISSUE,
      [
        ownComment(text, 1),
        ownComment(`<!-- patchpilot:v1 kind=incident seq=1 mac=none data=${text} -->`, 2),
      ],
      { signer: { repositoryId: HOME_ID, keys: KEYS }, trusted: [] },
    ),
  "a hidden line": findHiddenLine,
  "a spoken command": (text) => [text, `/patchpilot retry ${text}`].map(parseSpoken),
  ...Object.fromEntries(
    Object.entries(reports).map(([name, format]): [string, TextEntry] => [
      name,
      (text) => readReport(format, text),
    ]),
  ),
};

export const WORST_ENTRIES: Readonly<Record<string, TextEntry>> = {
  ...Object.fromEntries(Object.entries(ENTRIES).map(([name, entry]) => [`text: ${name}`, entry])),
  ...READERS,
};
