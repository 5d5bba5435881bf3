import type { Category } from "../decide/categorise.ts";

/**
 * What reads stacks speaks of a crash, as nearly all of them are. Of what hung, or is of a category that nobody knows
 * here, the same place is said without that word.
 */
export function speakOfStack(text: string, category: Category): string {
  if (category !== "hang" && category !== "other") return text;
  const here = category === "hang" ? "hung here" : "its stack ends here";
  return text
    .replaceAll(
      "may have crashed here",
      category === "hang" ? "may have hung here" : "its stack may end here",
    )
    .replaceAll("crashed here", here)
    .replaceAll("above the crash", "above that place")
    .replaceAll("the crashing file", "the file in which its stack ends")
    .replace(/\bthe crash\b/g, category === "hang" ? "the hang" : "its stack");
}
