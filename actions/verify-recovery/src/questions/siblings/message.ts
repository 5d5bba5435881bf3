import { stableMessage } from "@patchpilot/evidence";

/** What browsers say in their own words each, and one word for all of them. `$1` is what it is about. */
const VARIANTS: readonly (readonly [RegExp, string])[] = [
  [
    /^cannot (?:read|set) propert(?:y|ies) of (?:undefined|null) \((?:reading|setting) '([^']*)'\)/i,
    "nothing.$1",
  ],
  [/^cannot (?:read|set) property '([^']*)' of (?:undefined|null)/i, "nothing.$1"],
  [/^(?:undefined|null) is not an object \(evaluating '.*?\.([\w$]+)(?: = .*)?'\)/i, "nothing.$1"],
  [/^can't access (?:property )?"?([\w$]+)"?(?: of|, ).* is (?:undefined|null)/i, "nothing.$1"],
  [/^(?:.*\.)?([\w$]+) is not a function\b.*/i, "$1 is no function"],
  [/^can't find variable: ([\w$]+)/i, "$1 is unknown"],
  [/^([\w$]+) is not defined$/i, "$1 is unknown"],
  [
    /^(?:failed to fetch dynamically imported module|error loading dynamically imported module|importing a module script failed)\b.*/i,
    "import failed",
  ],
  [/^(?:failed to fetch|networkerror when attempting to fetch resource|load failed)\b/i, "fetch failed"],
  [/^(?:maximum call stack size exceeded|too much recursion)\b/i, "endless recursion"],
  [/^(?:unexpected token .* json|unexpected end of json input|json\.parse: |json parse error: )/i, "no json"],
];

/**
 * Type and message of an error, without numbers, ids, addresses and quoted values, and the same for what each browser
 * says in its own words. Null where there is no message.
 */
export function normaliseMessage(type: string | null, message: string | null): string | null {
  const [line = ""] = (message ?? "").trim().slice(0, 2_000).split("\n");
  for (const [pattern, word] of VARIANTS) {
    const [found, about = ""] = pattern.exec(line) ?? [];
    if (found !== undefined) return word.replace("$1", about);
  }
  const stable = stableMessage(
    line
      .replace(/\b[a-z][\w+.-]*:\/\/[^\s"'<>)]+/gi, "*")
      .replace(/[^\s"'<>@]+@[^\s"'<>@]+\.\w+/g, "*")
      .replace(/(?<![\w.])(?:\/[\w.@:-]+){2,}/g, "*"),
  ).toLowerCase();
  return /\p{L}/u.test(stable) ? `${shortenType(type)}: ${stable}` : null;
}

/** `shop.errors.CheckoutFailed` is `CheckoutFailed`; a minified name is none. */
function shortenType(type: string | null): string {
  const name = type?.split(/[.\\/:$]+/).at(-1) ?? "";
  return name.length <= 2 ? "" : name;
}
