/** How the recipes tell an agent to ask: a separate line, after which only the question follows. */
const MARK = /^(?:[*_>#\s-]*)QUESTION:(.*)$/;

/** What an agent asks in the way that its recipe names; undefined where it does not. Pure. */
export function findQuestion(text: string): string | undefined {
  const lines = text.trimEnd().split("\n");
  const start = lines.findLastIndex((line) => MARK.test(line));
  if (start < 0 || isInFence(lines.slice(0, start))) return undefined;
  const first = MARK.exec(lines[start] ?? "")?.[1] ?? "";
  const question = [first.replace(/^[*_]+/, ""), ...lines.slice(start + 1)].join("\n").trim();
  return question === "" ? undefined : question;
}

/**
 * What an agent that changed nothing asks in its own way: the last paragraph that is no code, if it holds a question.
 * A user's command knows no mark. Pure.
 */
export function findLooseQuestion(text: string): string | undefined {
  const last = text
    .replace(/^(`{3,}|~{3,})[\s\S]*?^\1.*$/gm, "")
    .trim()
    .split(/\n\s*\n/)
    .at(-1);
  // A mark at the end of a word and before a space or the end: none of an address or an operator.
  return last !== undefined &&
    /[\p{L}\p{N}]["')*_`\]]*[?？](?=[\s"')*_\]]|$)/u.test(last.replace(/`[^`\n]*`/g, "x"))
    ? last
    : undefined;
}

const isInFence = (before: readonly string[]): boolean =>
  before.filter((line) => /^\s{0,3}(`{3,}|~{3,})/.test(line)).length % 2 === 1;
