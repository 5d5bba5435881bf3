/** A frame, as far as the name of its function is judged. */
type NamedFrame = {
  readonly path: string | null;
  readonly function: string | null;
  readonly line: number | null;
  readonly column: number | null;
};

/**
 * What a function's name is worth. `telling`: it distinguishes the function. `entry`: whatever runs passes through it, as
 * `main`. `nameless`: it has no name, or a minifier's.
 */
export type NameWorth = "telling" | "entry" | "nameless";

/** Judges the name of a frame's function, in the spelling of any SDK. */
export function judgeName(frame: NamedFrame): NameWorth {
  const raw = (frame.function ?? "").slice(0, 500).trim();
  if (TOP_LEVEL.test(raw)) return "entry";
  const parts = splitName(raw);
  const last = parts.findLastIndex((part) => !GENERATED.test(part));
  const name = parts[last] ?? "";
  if (name === "" || isMinified(name, frame)) return "nameless";
  // `HTMLFormElement.<anonymous>` names what an anonymous function was called on, and no function.
  if (last === 0 && parts[1] === "<anonymous>" && /^\p{Lu}/u.test(name)) return "nameless";
  return ENTRY.has(name.replace(/^[_$@]+|[_$@]+$/g, "").toLowerCase()) || ROUTE.test(name)
    ? "entry"
    : "telling";
}

/** The name of a function without what it belongs to, in the spelling of any SDK; undefined for one without a name. */
export function bareFunctionName(raw: string): string | undefined {
  const short = raw.slice(0, 500).trim();
  if (TOP_LEVEL.test(short)) return "<top level>";
  return splitName(short).findLast((part) => !GENERATED.test(part));
}

/** Code of a file outside of any function, as Python, Ruby, PHP and Perl call it. */
const TOP_LEVEL =
  /^(?:(?:block|rescue|ensure)(?: \(\d+ levels\))? in )?(?:<module>|<main>|<top \(required\)>|\{main\}|\(main\)|<frozen [^>]*>|main chunk|global code|module code)$/i;

/** What comes before a name: `async `, `new `, `closure #1 in `, `block (2 levels) in `, `anonymous fn/1 in `. */
const PREFIX =
  /^(?:async\*?|new|get|set|static|bound|specialized|partial apply for|merged|global|virtual|(?:implicit )?closure #\d+(?: \([^)]*\))?(?: in)?|(?:block|rescue|ensure)(?: \(\d+ levels\))?(?: in)?|anonymous fn\/\d+(?: in)?|function) +/;

/** The parts of a qualified name, outermost first, without arguments and what compilers add. */
function splitName(raw: string): string[] {
  let name = raw;
  for (let rest = ""; rest !== name; ) {
    rest = name;
    name = name.replace(PREFIX, "");
  }
  return name
    .replace(/^.*\{closure:([^{}]+\(\)):\d+\}.*$/, "$1")
    .replace(/\{closure:[^{}]*\}/, "{closure}")
    .replace(/^[-+]\[(?:\S+) ([^\]:]+)[^\]]*\]$/, "$1")
    .replace(/ \[as [^\]]+\]$/, "")
    .replace(/^-(.+)\/\d+-(?:fun|lc|lbc|inlined)-.*$/, "$1")
    .replace(/<(\w+)>(?:\$|[a-z]__\w*(?:\|\w+)?)/g, "$1")
    .replace(/^(?:lambda|access)\$(\w+?)(?:\$\d+)?$/, "$1")
    .replace(/\$(?:lambda|default|suspendImpl|inlined)(?:[$-]\w+)*/g, "")
    .replace(/-fm$/, "")
    .replace(/^.*\\(?=\{closure)/, "")
    .replace(/(?<=\w)(?:\/\d+)+$/, "")
    .replace(/(?<=[\w>$}?!=])\([^()]*\)/g, "")
    .split(/::|->|\.(?!\.)|[#\\/](?=[^\s])/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** Names of what has no name: closures, coroutines, operators, and the helpers that transpilers write. */
const GENERATED =
  /^(?:\?.*|[_$.]+|\d+|<.*|‹.*|\{.*|\(.*\)|\[.*|[-_]*anonymous[-_]*|anonymous[ _]?(?:function|fn)|[-_]*(?:fn|func|fun|closure|lambda|block|gowrap|deferwrap|anon_?)[-_#$]*\d*-?|lambda[-_]?(?:method)?\d+|operator|[a-z]?closure_env.*|locals|prototype|impl|call|apply|bind|invoke|invokeAsync|invokeSuspend|callAsFunction|call_once|call_mut|__call__|__invoke|MoveNext|next|then|value|eval|eval code|native|redacted|unknown|deduplicated_symbol|include|include_once|require|require_once|_callee\d*\$?\d*|_+lambda[_$]+\d+|(?:all|allSettled|any|race) \(index \d+\)|tryCatch|asyncGeneratorStep|_next|_throw|fulfilled|rejected|adopt|step|__awaiter|__generator|__webpack_require__|__webpack_modules__|wrapper|wrapped|inner|callback|cb|h[0-9a-f]{16}|minified:.*|\$?_?0x[0-9a-f]+|sub_[0-9a-f]+|FUN_[0-9a-f]+|getter|setter|class@anonymous.*|Object|Array|Function|Promise|Generator|AsyncGenerator|Reflect|Proxy|Module|Window)$/i;

/** What a runtime, a platform or a framework calls first. */
const ENTRY: ReadonlySet<string> = new Set(
  `main amain async_main mainasync wmain winmain wwinmain dllmain maincrtstartup invoke_main uiapplicationmain
  libc_start_main start entry entrypoint entry_point bootstrap program script default exports handler handle_request
  handlerequest lambda_handler lambdahandler function_handler functionhandler functionhandlerasync http_handler
  event_handler fetch onrequest loader action middleware wsgi_app asgi_app application global module toplevel
  top_level runtime`.split(/\s+/),
);

/** Functions that a web framework finds by the method's name. */
const ROUTE = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/;

/** One or two letters, and what minifiers make of more: `Z0e`, `oPe`, `a$1`. In a bundle, any three letters. */
function isMinified(name: string, frame: NamedFrame): boolean {
  if (!/^[\w$]+$/.test(name)) return false;
  if (name.length <= 2 || /^[A-Za-z_$]{1,3}\$\d+$/.test(name)) return true;
  return name.length === 3 && (/^.(?=.*[A-Z\d$])/.test(name.replace(/^[A-Z]{3}$/, "")) || isBundled(frame));
}

/** Minified code has few, long lines. */
const isBundled = ({ path, line, column }: NamedFrame): boolean =>
  /\.min\.[cm]?js(?:$|\?)/.test(path ?? "") ||
  (line !== null && line <= 20 && column !== null && column > 400);
