import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Rows of a table, the head first. */
export type Rows = readonly (readonly string[])[];

/** Loads the tables that `src/readme-tables.ts` of an action exports, by the name in their marker; most have none. */
export async function loadTables(folder: string): Promise<Readonly<Record<string, Rows>>> {
  const file = join(folder, "src", "readme-tables.ts");
  if (!existsSync(file)) return {};
  const { tables } = (await import(pathToFileURL(file).href)) as { tables?: Readonly<Record<string, Rows>> };
  if (tables === undefined)
    throw new Error(`${file} exports no \`tables\`; write \`export const tables = …\`.`);
  return tables;
}
