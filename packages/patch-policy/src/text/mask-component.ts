import type { Masked } from "./mask.ts";

/** Parts of a component that no program runs, and values of attributes that one does. */
const PART =
  /<!--[\s\S]*?(?:-->|$)|<script\b[^>]{0,500}>([\s\S]*?)(?:<\/script>|$)|<style\b[\s\S]*?(?:<\/style>|$)|(?<=\s)([@:#\w.|-]{1,80})=(?:"([^"]*)"|'([^']*)')/g;
/** Attributes whose values are expressions: Vue's `@click`, `:src`, `v-if`, and Svelte's `on:click`. */
const EXPRESSION = /^(?:@|:|#|v-|on:|bind:|use:)/;

const blank = (text: string): string => text.replace(/[^\n]/g, " ");

/**
 * Masks a file that is a template with scripts: what an attribute says in plain words is text, what it runs is code.
 * Offsets stay.
 * @param maskScript masks the text of a script
 */
export function maskComponent(text: string, maskScript: (text: string) => Masked): Masked {
  let [bare, code, at] = ["", "", 0];
  for (const match of text.matchAll(PART)) {
    const [whole, script, attribute, double, single] = match;
    const before = text.slice(at, match.index);
    at = match.index + whole.length;
    [bare, code] = [bare + before, code + before];
    const value = script ?? double ?? single;
    if (value === undefined) {
      [bare, code] = [bare + blank(whole), code + blank(whole)];
      continue;
    }
    const start = script === undefined ? whole.length - 1 - value.length : whole.indexOf(">") + 1;
    const runs = script !== undefined || EXPRESSION.test(attribute ?? "");
    const masked = runs ? maskScript(value) : { bare: value, code: blank(value) };
    const around = (inner: string): string => whole.slice(0, start) + inner + whole.slice(start + value.length);
    [bare, code] = [bare + around(masked.bare), code + around(masked.code)];
  }
  const rest = text.slice(at);
  return { bare: bare + rest, code: code + rest };
}
