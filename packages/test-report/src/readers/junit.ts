import { parseXml, XmlElement } from "@rgrove/parse-xml";
import { MOST_REPORT, plainText } from "../bounds.ts";
import { readFailure } from "../failures/read-failure.ts";
import { placeFile } from "../place-file.ts";
import type { ReportFile, TestCase, TestFailure } from "../test-run.ts";
import { Unreadable } from "./unreadable.ts";

/** Characters and references that XML 1.0 has no place for, and that runners write all the same. */
const NO_XML =
  /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcefBCEF]|1[\da-fA-F]));/gu;

/**
 * Reads reports in JUnit's format, whatever wrote them.
 * @throws Unreadable where one is malformed, too large, or declares a document type
 */
export function readJunit(reports: readonly ReportFile[], root: string): TestCase[] {
  return reports.flatMap(({ path, text }) =>
    listCases(parse(text, path)).map((element) => readCase(element, root)),
  );
}

function parse(text: string, path: string): XmlElement {
  if (text.length > MOST_REPORT)
    throw new Unreadable(`The report ${path} is larger than ${MOST_REPORT} characters.`);
  // Nothing that writes such reports declares one, and what it declares is not to be followed.
  if (/<!DOCTYPE/i.test(text)) throw new Unreadable(`The report ${path} declares a document type.`);
  try {
    const { root } = parseXml(plainText(text).replace(NO_XML, ""));
    if (root !== null && /^testsuites?$/.test(root.name)) return root;
  } catch {
    // Also where it is nested more deeply than any report.
    throw new Unreadable(`The report ${path} is not well-formed XML.`);
  }
  throw new Unreadable(`The report ${path} is not a report of tests.`);
}

/** @throws Unreadable where suites are nested more deeply than any runner nests them */
function listCases(element: XmlElement, depth = 0): XmlElement[] {
  if (depth > 50) throw new Unreadable("The report nests its suites too deeply.");
  return elementsOf(element).flatMap((child) => {
    if (child.name === "testcase") return [child];
    return /^testsuites?$/.test(child.name) ? listCases(child, depth + 1) : [];
  });
}

const elementsOf = (element: XmlElement): XmlElement[] =>
  element.children.filter((child): child is XmlElement => child instanceof XmlElement);

function readCase(element: XmlElement, root: string): TestCase {
  const { classname = "", name = "", file: written } = element.attributes;
  const file = written === undefined || written === "" ? undefined : placeFile(written, root);
  const children = elementsOf(element);
  const red =
    children.find((child) => child.name === "error") ?? children.find((child) => child.name === "failure");
  const skipped = children.some((child) => child.name === "skipped");
  return {
    id: nameCase(classname, name, file),
    name,
    file,
    outcome: red === undefined ? (skipped ? "skipped" : "passed") : "failed",
    ...(red === undefined ? {} : { failure: readRed(red, name, root) }),
  };
}

function readRed(red: XmlElement, name: string, root: string): TestFailure {
  const { type, message } = red.attributes;
  const failure = readFailure(red.text, root, { type, message });
  const isSetup =
    // pytest says so, and surefire gives what fails before a class's first test no name.
    (red.name === "error" && /^(collection failure|failed on (setup|teardown) with)/.test(message ?? "")) ||
    name === "";
  return isSetup ? { ...failure, kind: "setup" } : failure;
}

/** A test of pytest is named as pytest names it on its command line, any other by its class. */
function nameCase(classname: string, name: string, file: string | undefined): string {
  if (file?.endsWith(".py")) {
    const module = file.slice(0, -3).replaceAll("/", ".");
    if (classname === module) return `${file}::${name}`;
    if (classname.startsWith(`${module}.`))
      return [file, ...classname.slice(module.length + 1).split("."), name].join("::");
    if (classname === "") return file;
  }
  return [classname === "" ? (file ?? "") : classname, name].filter((part) => part !== "").join("#");
}
