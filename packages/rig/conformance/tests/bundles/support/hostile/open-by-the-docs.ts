import { readFileSync } from "node:fs";

const PAGE = new URL("../../../../../../../docs/runners.md", import.meta.url);
const SECTION = /^### What the limited wall leaves open\n([\s\S]*?)\n#/m;

/** Of what the hostile scripts try, that which docs/runners.md says the limited wall leaves open. */
export function openByTheDocs(): string[] {
  const section = SECTION.exec(readFileSync(PAGE, "utf8"))?.[1] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  const tried = rows.map((row) => row.split("|").at(-2)?.trim() ?? "");
  return tried.flatMap((cell) => /^`(.+)`$/.exec(cell)?.[1] ?? []).sort();
}
