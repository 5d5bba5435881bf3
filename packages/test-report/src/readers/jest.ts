import * as z from "zod";
import { MOST_REPORT, plainText } from "../bounds.ts";
import { readFailure } from "../failures/read-failure.ts";
import { placeFile } from "../place-file.ts";
import type { ReportFile, TestCase } from "../test-run.ts";
import { Unreadable } from "./unreadable.ts";

const assertionResult = z.looseObject({
  ancestorTitles: z.array(z.string()).nullish(),
  title: z.string(),
  status: z.string(),
  failureMessages: z.array(z.string().nullable()).nullish(),
});
const report = z.looseObject({
  testResults: z.array(
    z.looseObject({
      name: z.string(),
      status: z.string().nullish(),
      message: z.string().nullish(),
      assertionResults: z.array(assertionResult),
    }),
  ),
});
type FileResult = z.output<typeof report>["testResults"][number];

/**
 * Reads the JSON of jest, which vitest writes as well.
 * @throws Unreadable where it is something else
 */
export function readJest(reports: readonly ReportFile[], root: string): TestCase[] {
  return reports.flatMap(({ path, text }) => {
    if (text.length > MOST_REPORT)
      throw new Unreadable(`The report ${path} is larger than ${MOST_REPORT} characters.`);
    const parsed = report.safeParse(parseJson(text));
    if (!parsed.success) throw new Unreadable(`The report ${path} is not what jest or vitest writes.`);
    return parsed.data.testResults.flatMap((file) => readFile(file, root));
  });
}

function readFile(result: FileResult, root: string): TestCase[] {
  const file = placeFile(result.name, root);
  const cases = result.assertionResults.map(
    ({ ancestorTitles, title, status, failureMessages }): TestCase => {
      const place = { id: [file, ...(ancestorTitles ?? []), title].join(" > "), name: title, file };
      if (status !== "failed") return { ...place, outcome: status === "passed" ? "passed" : "skipped" };
      return { ...place, outcome: "failed", failure: readMessages(failureMessages ?? [], root) };
    },
  );
  if (result.status !== "failed" || cases.some(({ outcome }) => outcome === "failed")) return cases;
  // The file itself failed: it did not load, or a hook threw.
  const failure = readFailure(plainText(result.message ?? ""), root);
  return [
    ...cases,
    { id: file, name: file, file, outcome: "failed", failure: { ...failure, kind: "setup" } },
  ];
}

function readMessages(messages: readonly (string | null)[], root: string) {
  const failure = readFailure(plainText(messages.flatMap((each) => each ?? []).join("\n")), root);
  // Of a test that timed out vitest writes where it was declared.
  return failure.message.startsWith("STACK_TRACE_ERROR") ? { ...failure, kind: "timeout" as const } : failure;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
