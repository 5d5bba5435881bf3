import { stripTypeScriptTypes } from "node:module";

const TYPESCRIPT = /\.[cm]?ts$/;

/** Files that hold types alone. */
const DECLARATIONS = /\.d\.[cm]?ts$|\.pyi$|\.rbi$|\.rbs$/;

export const isTypesAlone = (path: string): boolean => DECLARATIONS.test(path);

/** A program without its types; undefined where it is no TypeScript, or none that can be read. */
export function stripTypes(path: string, text: string): string | undefined {
  if (!TYPESCRIPT.test(path)) return undefined;
  const { emitWarning } = process;
  try {
    // Node says once in the job's log that this is experimental; where it fails, types count as code.
    process.emitWarning = () => {};
    return stripTypeScriptTypes(text);
  } catch {
    return undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}
