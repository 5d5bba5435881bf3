import { TEMPLATES, type TemplateTexts } from "../templates/templates.ts";

const WIDTH = Math.max(...TEMPLATES.map(({ name }) => name.length));

/** All templates, a line each: name, what it is for, and where it goes. */
export const listTemplates = (): string =>
  TEMPLATES.map(({ name, purpose, path }) => `${name.padEnd(WIDTH)}  ${purpose} (${path})\n`).join("");

/**
 * The text of a template.
 * @throws Error with the names that there are
 */
export function showTemplate(name: string, texts: TemplateTexts): string {
  const template = TEMPLATES.find((each) => each.name === name);
  if (template !== undefined) return texts[template.name];
  throw new Error(
    `There is no workflow ${JSON.stringify(name)}. There are: ${TEMPLATES.map((each) => each.name).join(", ")}.`,
  );
}
