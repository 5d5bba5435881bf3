import type * as z from "zod";

/** What a job's token may be asked for; the keys are GitHub's own names under `permissions:`. */
export type PermissionScope = "actions" | "checks" | "contents" | "deployments" | "issues" | "pull-requests";

/** One line of a job's `permissions:`, with the reason that the README shows. */
export type Permission = {
  readonly scope: PermissionScope;
  readonly access: "read" | "write";
  readonly why: string;
  /** Set where only some configurations need it, for example `source: sentry`. */
  readonly when?: string;
};

const may =
  (access: Permission["access"]) =>
  (scope: PermissionScope, why: string, when?: string): Permission => ({
    scope,
    access,
    why,
    ...(when !== undefined && { when }),
  });

export const mayRead = may("read");
export const mayWrite = may("write");

/** What GitHub's Marketplace takes for `branding.color`. */
export type BrandColor =
  | "white"
  | "black"
  | "yellow"
  | "blue"
  | "green"
  | "orange"
  | "red"
  | "purple"
  | "gray-dark";

/**
 * The public face of one action, as pure data: action.yml, the README tables, the types of `run` and the
 * parsing of inputs are all derived from it, so a name is written once.
 */
export type Contract<Inputs extends z.ZodObject = z.ZodObject, Outputs extends z.ZodObject = z.ZodObject> = {
  /** The verb: folder name under actions/ and the last part of `uses: patchpilot/<name>@v1`. */
  readonly name: string;
  /** Its package's, which `npm run generate` writes here: a bundle says it of itself. */
  readonly version: string;
  /** Marketplace name, unique there. */
  readonly title: string;
  readonly description: string;
  /** One of the Feather icons that the Marketplace takes; `npm run generate` refuses any other. */
  readonly icon: string;
  readonly color: BrandColor;
  /** For the head of its README, as Markdown: which other actions it needs, and whether it works alone. */
  readonly needs: string;
  readonly permissions: readonly Permission[];
  /** It writes records, so a run without `state-key` warns. */
  readonly signs?: true;
  readonly inputs: Inputs;
  readonly outputs: Outputs;
};

/** Keeps the exact shapes of a contract for `InputsOf` and `OutputsOf`. */
export function defineContract<Inputs extends z.ZodObject, Outputs extends z.ZodObject>(
  contract: Contract<Inputs, Outputs>,
): Contract<Inputs, Outputs> {
  return contract;
}

export type InputsOf<C extends Contract> = z.output<C["inputs"]>;
export type OutputsOf<C extends Contract> = z.output<C["outputs"]>;

/** What a run says beside its outputs. `notice` and above become annotations of the job. */
export type Line = { readonly level: "info" | "notice" | "warning" | "error"; readonly text: string };

/** The whole result of a run; outputs, log and step summary are written from it and from nothing else. */
export type Outcome<C extends Contract = Contract> = {
  readonly outputs: OutputsOf<C>;
  readonly lines: readonly Line[];
  /** Markdown for the step summary. */
  readonly summary: string;
  /** Set when nothing could be done: the job fails with this sentence, after the outputs are set. */
  readonly failure?: string;
};

/** What the runner says about the job; read once, from the environment, by action-kit alone. */
export type Environment = {
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly serverUrl: string;
  /** owner/name of the repository whose workflow runs. */
  readonly repository: string;
  readonly repositoryId: string;
  readonly runId: string;
  readonly runAttempt: number;
  readonly actor: string;
  readonly sha: string;
  readonly eventName: string;
  /** The webhook payload; an empty object where the runner wrote none. */
  readonly event: Readonly<Record<string, unknown>>;
  /** Folder that survives the step and is cleaned after the job. */
  readonly temporaryFolder: string;
  readonly workspace: string;
};
