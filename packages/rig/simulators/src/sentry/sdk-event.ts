/** A frame as the SDKs send it. */
export type SdkFrame = {
  readonly filename?: string;
  readonly abs_path?: string;
  readonly module?: string;
  readonly package?: string;
  readonly function?: string;
  readonly lineno?: number;
  readonly colno?: number;
  readonly in_app?: boolean;
  readonly pre_context?: readonly string[];
  readonly context_line?: string;
  readonly post_context?: readonly string[];
  readonly vars?: Readonly<Record<string, unknown>>;
};

export type SdkException = {
  readonly type?: string;
  readonly value?: string;
  readonly module?: string;
  /** Both of Sentry's shapes write its names alike. */
  readonly mechanism?: {
    readonly type?: string;
    readonly handled?: boolean;
    /** The type says nothing: the SDK made the exception up. */
    readonly synthetic?: boolean;
    readonly source?: string;
    readonly exception_id?: number;
    readonly parent_id?: number;
    readonly is_exception_group?: boolean;
  };
  readonly stacktrace?: { readonly frames?: readonly SdkFrame[] };
};

/** An error event as the SDKs send it, as far as it is kept. */
export type SdkEvent = {
  readonly event_id?: string;
  readonly level?: string;
  readonly message?: string;
  readonly logentry?: { readonly message?: string; readonly formatted?: string };
  readonly exception?: { readonly values?: readonly SdkException[] };
  readonly release?: string;
  readonly environment?: string;
  readonly platform?: string;
  readonly transaction?: string;
  readonly fingerprint?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly breadcrumbs?: readonly Readonly<Record<string, unknown>>[];
  readonly request?: {
    readonly method?: string;
    readonly url?: string;
    readonly query_string?: string;
    readonly data?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
    readonly cookies?: Readonly<Record<string, string>>;
  };
  readonly contexts?: Readonly<Record<string, unknown>>;
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly logger?: string;
  readonly server_name?: string;
  readonly user?: { readonly id?: string | number; readonly email?: string };
  readonly sdk?: { readonly name?: string; readonly version?: string };
};
