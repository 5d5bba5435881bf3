/** Values by name; of expressions by context and name, such as `matrix.node`. */
export type Values = Readonly<Record<string, string>>;

const EXPRESSION = /\$\{\{\s*(.*?)\s*\}\}/gs;

/** What every job on Linux has. Steps begin at the top of the checkout, so that a path to it is no more than a dot. */
const FIXED: Values = {
  "runner.os": "Linux",
  "runner.arch": "X64",
  "github.workspace": ".",
  "github.event_name": "pull_request",
};

/**
 * A text of a workflow with its expressions filled in, as far as they name a value that is known without GitHub.
 * @returns undefined where one of them is anything else, such as a secret
 */
export function fillIn(text: string, known: Values): string | undefined {
  let isKnown = true;
  const filled = text.replace(EXPRESSION, (_, expression: string) => {
    const value = evaluate(expression, known);
    if (value === undefined) isKnown = false;
    return value ?? "";
  });
  return isKnown ? filled : undefined;
}

function evaluate(expression: string, known: Values): string | undefined {
  const name = expression.replace(/\['([\w-]+)'\]/g, ".$1");
  const literal = /^'([^']*)'$/.exec(name)?.[1];
  if (literal !== undefined) return literal;
  return Object.hasOwn(known, name) ? known[name] : FIXED[name];
}

/**
 * Whether a step or job may run for a pull request on Linux. A condition that only GitHub can decide, such as whether a
 * cache was hit, counts as true.
 */
export function mayRun(condition: string, known: Values): boolean {
  const bare = condition.replace(/^\s*\$\{\{(.*)\}\}\s*$/s, "$1").trim();
  if (bare === "") return true;
  if (bare.includes("||")) return bare.split("||").some((part) => mayRun(part, known));
  return bare.split("&&").every((part) => holdsTrue(part.trim().replace(/^\((.*)\)$/s, "$1"), known));
}

function holdsTrue(part: string, known: Values): boolean {
  if (/^(failure|cancelled)\(\)$|^false$/.test(part)) return false;
  const [, left = "", sign, right = ""] = /^(.*?)\s*(==|!=)\s*(.*)$/s.exec(part) ?? [];
  if (sign !== undefined) {
    const [one, other] = [evaluate(left, known), evaluate(right, known)];
    return one === undefined || other === undefined || (one === other) === (sign === "==");
  }
  const [, no, own] = /^(!?)(matrix\.[\w.-]+)$/.exec(part) ?? [];
  if (own !== undefined) return !["", "false"].includes(known[own] ?? "") === (no === "");
  const [, not, whole = "", start = ""] =
    /^(!?)\s*startsWith\(\s*([\w.'-]+)\s*,\s*'([^']*)'\s*\)$/.exec(part) ?? [];
  const value = evaluate(whole, known);
  return value === undefined || value.startsWith(start) === (not === "");
}
