import { type LogCommand, parseLogCommand } from "../contract/log-commands.ts";
import type { Masker } from "../contract/masker.ts";
import type { Annotation, StepRecord } from "../run/records.ts";

/** Commands that the runner once obeyed and refuses now, or that this runner does not run. */
const REFUSED: Readonly<Record<string, string>> = {
  "add-matcher": "this runner does not run problem matchers.",
  "add-path": "it is disabled; write to GITHUB_PATH.",
  "remove-matcher": "this runner does not run problem matchers.",
  "save-state": "it is retired; write to GITHUB_STATE.",
  "set-env": "it is disabled; write to GITHUB_ENV.",
  "set-output": "it is retired; write to GITHUB_OUTPUT.",
};

/** The log of one step: obeys the workflow commands in its lines and masks what it keeps. */
export class StepLog {
  readonly #record: StepRecord;
  readonly #masker: Masker;
  readonly #onLine: (line: string) => void;
  #stopToken: string | undefined;
  /** Why the step fails although its process may have ended well. */
  readonly refusals: string[] = [];

  constructor(options: {
    record: StepRecord;
    masker: Masker;
    onLine: (line: string) => void;
  }) {
    this.#record = options.record;
    this.#masker = options.masker;
    this.#onLine = options.onLine;
  }

  /** A line of the runner's own. */
  write(line: string): void {
    for (const masked of this.#masker.mask(line).split("\n")) {
      this.#record.log.push(masked);
      this.#onLine(masked);
    }
  }

  /** A line that a process printed. */
  receive(line: string): void {
    if (this.#stopToken !== undefined) {
      if (line.trim() === `::${this.#stopToken}::`) this.#stopToken = undefined;
      else this.write(line);
      return;
    }
    const command = parseLogCommand(line);
    if (command === undefined) this.write(line);
    else this.#obey(command, line);
  }

  annotate(
    level: Annotation["level"],
    message: string,
    properties: Readonly<Record<string, string>> = {},
  ): void {
    const line = Number(properties["line"]);
    this.#record.annotations.push({
      level,
      message: this.#masker.mask(message),
      ...(properties["title"] && { title: this.#masker.mask(properties["title"]) }),
      ...(properties["file"] && { file: properties["file"] }),
      ...(line > 0 && { line }),
    });
    this.write(`##[${level}]${message}`);
  }

  #obey(command: LogCommand, line: string): void {
    const refusal = REFUSED[command.name];
    if (refusal !== undefined) {
      const message = `The workflow command \`${command.name}\` was refused: ${refusal}`;
      this.refusals.push(message);
      this.annotate("error", message);
      return;
    }
    switch (command.name) {
      case "add-mask":
        this.#masker.add(command.data);
        break;
      case "stop-commands":
        this.#stopToken = command.data;
        this.write(line);
        break;
      case "debug":
      case "echo":
        break;
      case "group":
        this.write(`##[group]${command.data}`);
        break;
      case "endgroup":
        this.write("##[endgroup]");
        break;
      default:
        this.annotate(command.name as Annotation["level"], command.data, command.properties);
    }
  }
}
