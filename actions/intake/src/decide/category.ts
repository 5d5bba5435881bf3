import { type IntakeSubject, readView } from "../facts.ts";
import { type Categorised, type Category, categorise } from "./categorise.ts";
import type { Recognised } from "./recognise.ts";

/** What a failure is, by all that Sentry says of it; without Sentry by the issue's text. Pure. */
export function findCategory({ view, recognised }: Pick<IntakeSubject, "view" | "recognised">): Categorised {
  const { issue, event } = readView(view);
  return issue === null ? guessCategory(recognised) : categorise(issue, event);
}

/** Whether reports of a category come with exceptions: what else their texts hold is none. */
export const hasStack = (category: Category): boolean => ["error", "hang", "other"].includes(category);

/** What an issue is about by its text alone: the names in its table are those of Sentry's detectors. */
function guessCategory({ link, statements, chain, report }: Recognised): Categorised {
  const has = (pattern: RegExp): boolean => statements.some(({ name }) => pattern.test(name));
  const name = "";
  if (report !== undefined) return { category: "security", name: report.kind };
  if (link?.kind === "feedback") return { category: "feedback", name };
  if (chain.length > 0 || statements.length === 0) return { category: "error", name };
  if (has(/check-in/i)) return { category: "cron", name };
  if (has(/^Failure reason$/i)) return { category: "uptime", name };
  const isOperation = has(/span|query|transaction|regression|duration|payload|function/i);
  return { category: isOperation ? "performance" : "other", name };
}
