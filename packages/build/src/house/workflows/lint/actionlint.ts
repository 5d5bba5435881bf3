import { z } from "zod";
import type { Finding, Linter } from "./run-linter.ts";

const errors = z.array(
  z.object({ message: z.string(), filepath: z.string(), line: z.number(), kind: z.string() }),
);

/** Without the linters of scripts, which not every machine has. */
export const ACTIONLINT: Linter = {
  name: "actionlint",
  exceptions: ".github/actionlint.yaml",
  mustFind: ["expression", "syntax-check"],
  options: ["-shellcheck=", "-pyflakes=", "-format", "{{json .}}", "-config-file"],
  isFinding: (status) => status === 1,
  readReport: readActionlint,
};

export function readActionlint(json: string): readonly Finding[] {
  return errors
    .parse(JSON.parse(json))
    .map(({ message, filepath, line, kind }) => ({ file: filepath, line, rule: kind, sentence: message }));
}
