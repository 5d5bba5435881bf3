import { CONTROL_WORDS } from "@patchpilot/action-propose/testing/control-words";
import { seededRandom } from "@patchpilot/bench/draws";
import type { Tally } from "../figure.ts";
import { type Carrier, MARKDOWN_CARRIERS, PLAIN_CARRIERS } from "./carriers.ts";
import { type HostileText, harmlessTwin, hostileText } from "./hostile-texts.ts";
import { ISSUE_CARRIERS } from "./issue-carriers.ts";
import { differenceFrom, type Rendered, renderForEyes, withoutNote } from "./rendered.ts";

/**
 * Puts hostile texts, from the one at `from` on, into every carrier and compares each with its harmless twin. The control
 * writes the text as it came, once for each text.
 */
export function playHostile(from: number, count: number): Tally {
  const faults: string[] = [];
  let [sample, acted, noticed] = [0, 0, 0];
  const blame = (carrier: string, { kind, text }: HostileText, found: string): void => {
    acted += 1;
    if (faults.length < 8) faults.push(`${carrier}, ${kind} ${JSON.stringify(text.slice(0, 120))}: ${found}`);
  };
  for (let at = from; at < from + count; at += 1) {
    const hostile = hostileText(at, seededRandom(at));
    for (const [name, carrier] of Object.entries(MARKDOWN_CARRIERS)) {
      sample += 1;
      const found = compareWithTwin(name, carrier, hostile.text);
      if (found !== undefined) blame(name, hostile, found);
    }
    for (const [name, write] of Object.entries(PLAIN_CARRIERS)) {
      sample += 1;
      const found = wordsIn(write(hostile.text), write(harmlessTwin(hostile.text)));
      if (found !== undefined) blame(name, hostile, found);
    }
    if (actsAsItComes(hostile.text)) noticed += 1;
  }
  return { sample, counts: { acted, texts: count, "control noticed": noticed }, worst: {}, faults };
}

/** By carrier and shape, how a harmless text was rendered. */
const harmless = new Map<string, Rendered>();

/** Rendering takes nearly all the time. Most texts look just like a harmless one of their shape that was rendered before. */
function compareWithTwin(name: string, carrier: Carrier, text: string): string | undefined {
  const twin = harmlessTwin(text);
  const [written, beside] = [carrier(text, true), carrier(twin, true)];
  if (written === beside) return undefined;
  const shape = `${name}\n${twin.replace(/x+/g, "x")}`;
  const rendered = renderForEyes(written);
  const known = harmless.get(shape);
  if (known !== undefined && differenceFrom(known, rendered) === undefined) return undefined;
  const own = renderForEyes(beside);
  harmless.set(shape, own);
  return differenceFrom(own, rendered);
}

/** The control: whether a text that nobody cleaned renders unlike its twin. */
export function actsAsItComes(text: string): boolean {
  const quoted = MARKDOWN_CARRIERS["a quotation"] as Carrier;
  const [twin, own] = [harmlessTwin(text), text].map((each) => renderForEyes(quoted(each, false)));
  return twin !== undefined && own !== undefined && differenceFrom(twin, own) !== undefined;
}

/** A word in plain texts on which some program acts, and which the twin does not hold. */
function wordsIn(texts: readonly string[], twins: readonly string[]): string | undefined {
  const [all, twin] = [texts.join("\n\n"), twins.join("\n\n")];
  const word = CONTROL_WORDS.find(({ pattern }) => pattern.test(all) && !pattern.test(twin));
  if (word !== undefined) return `a program acts on ${JSON.stringify(word.text)}`;
  const hidden = /[\u200b\u202a-\u202e\u2066-\u2069\u00ad\ufeff\u{e0000}-\u{e007f}\p{Cc}]/u.exec(
    all.replaceAll("\n", ""),
  );
  return hidden === null ? undefined : `a hidden character U+${hidden[0].codePointAt(0)?.toString(16)}`;
}

/** The same with the comments that runs of the actions write, for some of the single texts. @param texts their places in the list */
export async function playIssues(texts: readonly number[]): Promise<Tally> {
  const faults: string[] = [];
  let [sample, acted, noticed] = [0, 0, 0];
  for (const at of texts) {
    const { kind, text } = hostileText(at, seededRandom(at));
    for (const [name, write] of Object.entries(ISSUE_CARRIERS)) {
      sample += 1;
      const found = await compareWritten(write, text);
      if (found === undefined) continue;
      acted += 1;
      if (faults.length < 8) faults.push(`${name}, ${kind} ${JSON.stringify(text.slice(0, 120))}: ${found}`);
    }
    if (actsAsItComes(text)) noticed += 1;
  }
  return { sample, counts: { acted, texts: texts.length, "control noticed": noticed }, worst: {}, faults };
}

/** A text of which nothing is left once it is clean may also look like none at all. */
async function compareWritten(
  write: (text: string) => Promise<string>,
  text: string,
): Promise<string | undefined> {
  const rendered = renderForEyes(withoutNote(await write(text)));
  const compare = async (harmlessText: string) =>
    differenceFrom(renderForEyes(withoutNote(await write(harmlessText))), rendered);
  const found = await compare(harmlessTwin(text));
  return found !== undefined && (await compare("")) !== undefined ? found : undefined;
}
