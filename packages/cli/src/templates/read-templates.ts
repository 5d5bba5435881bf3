import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TEMPLATES, type TemplateTexts } from "./templates.ts";

/**
 * Reads the templates of this release from the folder beside the bundle.
 * @throws Error if a file is missing: the package is not whole
 */
export function readTemplates(folder = join(import.meta.dirname, "templates")): TemplateTexts {
  const texts = TEMPLATES.map(({ name }) => [name, readFileSync(join(folder, `${name}.yml`), "utf8")]);
  return Object.fromEntries(texts) as TemplateTexts;
}
