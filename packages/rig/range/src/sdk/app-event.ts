import type { SdkEvent } from "@patchpilot/simulators/sentry";

/** What the app hands to its SDK with an error. Every text may come from anyone who reaches the app. */
export type AppEvent = {
  readonly dsn: string;
  readonly type: string;
  readonly message: string;
  /** Outermost first, as V8 does not print them. */
  readonly frames: readonly {
    readonly function: string;
    readonly filename: string;
    readonly line: number;
    readonly module?: string;
    readonly context_line?: string;
    readonly vars?: Readonly<Record<string, string>>;
  }[];
  readonly cause?: { readonly type: string; readonly message: string };
  readonly release: string;
  readonly environment: string;
  readonly serverName?: string;
  readonly transaction?: string;
  readonly logger?: string;
  readonly fingerprint?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly extra?: Readonly<Record<string, string>>;
  readonly user?: Readonly<Record<string, string>>;
  readonly contexts?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly breadcrumbs?: readonly {
    readonly category?: string;
    readonly message?: string;
    readonly data?: Readonly<Record<string, string>>;
  }[];
  readonly request?: NonNullable<SdkEvent["request"]>;
};
