import { plainText } from "../bounds.ts";
import { placeFile } from "../place-file.ts";
import type { StackFrame, TestFailure } from "../test-run.ts";
import { readGoFailure } from "./go.ts";
import { readJava } from "./java.ts";
import { readJavaScript } from "./javascript.ts";
import { readPhp } from "./php.ts";
import { readPython } from "./python.ts";
import { readRustFailure } from "./rust.ts";
import { judgeKind, makeFailure, type Stack } from "./stack.ts";

/** What a report says beside the text. */
export type FailureAttributes = { readonly type?: string | undefined; readonly message?: string | undefined };

/** Reads what a report prints of a failure, by the language that its lines look like. */
export function readFailure(raw: string, root: string, attributes: FailureAttributes = {}): TestFailure {
  const text = plainText(raw.slice(0, 64_000));
  if (/^\s*thread '.*' .*panicked at /m.test(text)) return readRustFailure(text, root);
  if (/\.go:\d+/.test(text) && !/^\s+at /m.test(text)) return readGoFailure(text, root);
  const stack = complete(readStack(text, root, attributes), attributes, text);
  return makeFailure(stack, text === "" ? stack.message : text, judgeKind(stack));
}

function readStack(text: string, root: string, { type }: FailureAttributes): Stack {
  if (/^\s*at .+\([\w$]+\.(java|kt|kts|scala|groovy|clj)(:\d+)?\)/m.test(text)) return readJava(text);
  if (/^\s+at .+:\d+:\d+\)?/m.test(text)) return readJavaScript(text, root);
  if (/^E {3}|^Traceback |\.py:\d+:/m.test(text)) return readPython(text, root);
  const frames = readPlaces(text, root);
  if (/^\S.*\.php:\d+$/m.test(text)) return { ...readPhp(text, type), frames };
  return { types: [], message: "", frames };
}

/** Places as Ruby and PHP print them: `# ./spec/cart_spec.rb:5:in …`, `/app/tests/CartTest.php:12`. */
function readPlaces(text: string, root: string): StackFrame[] {
  return text.split("\n").flatMap((line) => {
    const [, file, number, called] =
      /([\w./@-]+\.(?:rb|php)):(\d+)(?::in [`'](?:block .* in )?([^']+)')?/.exec(line.slice(0, 1_000)) ?? [];
    if (file === undefined) return [];
    return [
      {
        file: placeFile(file, root),
        ...(called === undefined ? {} : { function: called }),
        line: Number(number),
      },
    ];
  });
}

/** Attributes count for more than the text: a runner writes them as data. */
function complete(stack: Stack, { type, message }: FailureAttributes, text: string): Stack {
  const [, prefix] =
    /^([A-Za-z_][\w.:\\]*(?:Error|Exception|Failure|Failed))(?::|$)/m.exec(message ?? "") ?? [];
  const named = type !== undefined && /^[\w.$:\\]+$/.test(type) && type !== "Failed" ? type : prefix;
  const types = stack.types.length > 0 ? stack.types : named === undefined ? [] : [named];
  const [firstLine = ""] = text.split("\n");
  return { ...stack, types, message: stack.message.trim() || message || firstLine };
}
