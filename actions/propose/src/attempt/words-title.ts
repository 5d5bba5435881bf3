import { inertSubject } from "@patchpilot/evidence";
import { isMeasured, type WorkOrder } from "@patchpilot/incident";
import type { PatchChange } from "@patchpilot/patch-policy";
import { clean } from "../words/change.ts";

/** What a title is made from. */
export type TitleFacts = {
  /** The incident as GitHub links it. */
  readonly reference: string;
  readonly attempt: number;
  readonly order: WorkOrder | undefined;
  readonly changes: readonly PatchChange[];
  readonly secrets: readonly string[];
};

/**
 * What the attempt repairs, by names that no program acts on: the title becomes a commit's subject, in which nothing can
 * be escaped. A name that holds more than letters, digits and single signs between them is left out. No verb closes:
 * GitHub would close "Fix #12" at the merge, and Sentry resolve "Fix SHOP-2T". Pure.
 */
export function attemptTitle(facts: TitleFacts): string {
  const { order, reference, attempt } = facts;
  return `${nameRepair(facts)} (${nameShortId(order) ?? reference}, attempt ${attempt})`;
}

/** A project's slug is part of it, and a team may call a project `major-league` or `skip-it`. */
function nameShortId(order: WorkOrder | undefined): string | undefined {
  const id = order?.incident.shortId;
  return id === undefined || ACTED_ON.test(id) ? undefined : id;
}

function nameRepair({ order, changes, secrets }: TitleFacts): string {
  if (order === undefined) return "Repair";
  if (!isMeasured(order.incident.kind)) return nameRequest(order.incident.title, secrets);
  const operation = order.performance && nameOperation(order.performance.operation.transaction);
  if (operation !== undefined) return `Speed up ${operation}`;
  const file = nameFile(changes, order.suspectFiles);
  const place = file === undefined ? "" : ` in ${file}`;
  return order.incident.kind === "performance"
    ? `Speed up a slow operation${place}`
    : `Repair ${nameError(order.incident.title) ?? "the error"}${place}`;
}

const ERROR_TYPE =
  /^(?:[\w.:\\$]*[.:\\$])?([A-Z][A-Za-z0-9]{1,48}(?:Error|Exception|Failure|Fault|Panic|Timeout))(?=:? |:?$)/;

/** The type before the message, without its packages. */
function nameError(title: string): string | undefined {
  const type = ERROR_TYPE.exec(title)?.[1];
  return type === undefined || ACTED_ON.test(type) ? undefined : type;
}

const ROUTE = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE) \/(?:\w+(?:[.-]\w+)*(?:\/\w+(?:[.-]\w+)*)*\/?)?$/;

const nameOperation = (transaction: string): string | undefined =>
  transaction.length <= 60 && ROUTE.test(transaction) && !ACTED_ON.test(transaction)
    ? transaction
    : undefined;

const FILE = /^\w+(?:[.-]\w+)*(?:\/\w+(?:[.-]\w+)*)*\.\w+$/;
const TEST = /(?:^|[/._-])(?:tests?|specs?|__tests__)(?:[/._-]|$)/i;

/** A file that the patch changes and the base commit has: its name is the repository's own. Suspects come first. */
function nameFile(changes: readonly PatchChange[], suspects: readonly string[]): string | undefined {
  const changed = changes.flatMap(({ path, before, after }) =>
    before === undefined || after === undefined || TEST.test(path) ? [] : [path],
  );
  const path = suspects.find((one) => changed.includes(one)) ?? changed[0] ?? "";
  return [path, path.slice(path.lastIndexOf("/") + 1)].find(
    (name) => name.length <= 60 && FILE.test(name) && !ACTED_ON.test(name),
  );
}

/** Somebody vouched for these words; their signs become look-alikes, and words that need no sign are left out. */
function nameRequest(title: string, secrets: readonly string[]): string {
  const words = inertSubject(clean(secrets, title, 80).replace(/[\s.]+$/, ""), 80);
  return words === "" || ACTED_ON.test(words) || CLOSES.test(words) ? "Carry out what was asked for" : words;
}

/** Words that a program acts on without any sign beside them, and types of conventional commits. */
const ACTED_ON =
  /approve|breaking|begin_|\bbors\b|\bfeat|lgtm|major|minor|\bperf|rebase|recheck|retest|revert|skip|ok\W+to\W+test|test\W+this|www|^[a-z]+(?:\([^)]*\))?: /i;

const CLOSES = /\b(?:fix|clos|resolv|complet|implement)\w*$/i;
