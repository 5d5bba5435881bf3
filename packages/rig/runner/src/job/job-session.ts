import { delimiter } from "node:path";
import type { StepsJob, Workflow, WorkflowPermissions } from "@patchpilot/workflow";
import type { ExpressionData } from "@patchpilot/workflow/github-parser";
import { Masker } from "../contract/masker.ts";
import type { ExpressionScope } from "../expression/evaluate.ts";
import { type Json, toDictionary, toExpressionData } from "../expression/expression-data.ts";
import type { Host } from "../host.ts";
import type { Conclusion, JobRecord, RunRecord } from "../run/records.ts";
import type { JobTask } from "./task.ts";

/** One cell of a job's matrix; a job without one is a single empty cell. */
export type MatrixCell = {
  readonly values: Readonly<Record<string, Json>>;
  readonly index: number;
  readonly total: number;
  readonly failFast: boolean;
};

export type NeededJob = { readonly result: Conclusion; readonly outputs: Readonly<Record<string, string>> };

/** What a job is run with. */
export type JobRequest = {
  readonly host: Host;
  readonly run: RunRecord;
  readonly workflow: Workflow;
  readonly job: StepsJob;
  readonly record: JobRecord;
  readonly cell: MatrixCell;
  /** Contexts that are the same for all jobs of the run: github, vars, inputs. */
  readonly runContexts: RunContexts;
  readonly needs: Readonly<Record<string, NeededJob>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly permissions: WorkflowPermissions;
  /** Aborted when the run or this job is cancelled. */
  readonly signal: AbortSignal;
};

export type RunContexts = {
  /** The github context but for what differs between jobs and steps. */
  readonly github: Readonly<Record<string, Json>>;
  readonly event: ExpressionData;
  readonly inputs: ExpressionData;
  readonly vars: ExpressionData;
};

export type JobFolders = {
  readonly root: string;
  readonly workspace: string;
  readonly temporary: string;
  readonly home: string;
  readonly tools: string;
  readonly eventFile: string;
};

type StepResult = {
  readonly outcome: Conclusion;
  readonly conclusion: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
};

/** What a job gathers while it runs: environment, path, results of its steps, secrets to hide, post steps. */
export class JobSession {
  readonly request: JobRequest;
  readonly folders: JobFolders;
  readonly token: string;
  readonly masker = new Masker();
  readonly groups = new Set<number>();
  readonly posts: JobTask[] = [];
  environment: Record<string, string> = {};
  failed = false;
  cancelled = false;
  readonly #paths: string[] = [];
  readonly #steps = new Map<string, StepResult>();

  constructor(request: JobRequest, folders: JobFolders, token: string) {
    this.request = request;
    this.folders = folders;
    this.token = token;
    for (const secret of [token, ...Object.values(request.secrets)]) this.masker.add(secret);
  }

  get status(): "success" | "failure" | "cancelled" {
    if (this.cancelled) return "cancelled";
    return this.failed ? "failure" : "success";
  }

  get path(): string {
    return [...this.#paths, this.request.host.path].join(delimiter);
  }

  /** Folders that a step wrote to GITHUB_PATH; the last one is searched first. */
  prependPaths(folders: readonly string[]): void {
    for (const folder of folders) this.#paths.unshift(folder);
  }

  /** Puts a finished step into the `steps` context, if its author gave it an id. */
  finishStep(id: string | undefined, result: StepResult): void {
    if (id !== undefined) this.#steps.set(id, result);
    if (result.conclusion === "failure") this.failed = true;
  }

  /** What expressions of a step see. @param environment the job's, with the step's own `env` on top */
  scope(
    environment: Readonly<Record<string, string>> = this.environment,
    action: Record<string, string> = {},
  ): ExpressionScope {
    const { runContexts, record, cell, needs, secrets } = this.request;
    const { github, event, inputs, vars } = runContexts;
    const githubContext = toDictionary({ ...github, ...action, ...this.#jobPartOfGithub() });
    githubContext.add("event", event);
    const strategy = { "fail-fast": cell.failFast, "job-index": cell.index, "job-total": cell.total };
    return {
      contexts: {
        github: githubContext,
        inputs,
        vars,
        env: toDictionary(environment),
        job: toDictionary({ status: this.status }),
        matrix: toDictionary(record.matrix),
        needs: toDictionary(needs),
        runner: toDictionary(this.runnerContext()),
        secrets: toDictionary({ ...secrets, GITHUB_TOKEN: this.token }),
        steps: toExpressionData(Object.fromEntries(this.#steps)),
        strategy: toDictionary(strategy),
      },
      status: {
        success: this.status === "success",
        failure: this.status === "failure",
        cancelled: this.status === "cancelled",
      },
    };
  }

  /** The `runner` context; RUNNER_* variables are made from it. */
  runnerContext(): Readonly<Record<string, string>> {
    const os = { darwin: "macOS", win32: "Windows" }[process.platform as string] ?? "Linux";
    const arch = { arm: "ARM", arm64: "ARM64", ia32: "X86" }[process.arch as string] ?? "X64";
    return {
      arch,
      environment: "self-hosted",
      name: "workflow-runner",
      os,
      temp: this.folders.temporary,
      tool_cache: this.folders.tools,
    };
  }

  #jobPartOfGithub(): Record<string, string> {
    return {
      event_path: this.folders.eventFile,
      job: this.request.job.id,
      token: this.token,
      workspace: this.folders.workspace,
    };
  }
}
