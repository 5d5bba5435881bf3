import type { Thrown } from "@patchpilot/evidence";
import { type IntakeSubject, readView } from "../facts.ts";
import { findCategory, hasStack } from "./category.ts";

/** The exceptions of a candidate: Sentry's event, else what the text holds; none of what has none. Pure. */
export function readChain(said: Pick<IntakeSubject, "view" | "recognised">): readonly Thrown[] {
  const { category } = findCategory(said);
  if (!hasStack(category)) return [];
  const thrown = readView(said.view).event?.exceptions ?? [];
  return thrown.length > 0 || category === "other" ? thrown : said.recognised.chain;
}
