import type {
  Check,
  checkLive,
  checkSentry,
  HealthSettings,
  LiveSettings,
  PostHogSettings,
  RepositorySettings,
  SentrySettings,
  WorkerSettings,
} from "@patchpilot/checks";

type Checks = Promise<readonly Check[]>;

/** What `run` may ask. GitHub's questions must come one after the other; the others may run beside them. */
export type DoctorPorts = {
  readonly sentry: (settings: SentrySettings) => ReturnType<typeof checkSentry>;
  readonly repository: (settings: RepositorySettings) => Checks;
  readonly live: (settings: LiveSettings, sentry: Parameters<typeof checkLive>[2]) => Checks;
  readonly posthog: (settings: PostHogSettings) => Checks;
  readonly health: (settings: HealthSettings) => Promise<Check>;
  readonly worker: (settings: WorkerSettings) => Checks;
};
