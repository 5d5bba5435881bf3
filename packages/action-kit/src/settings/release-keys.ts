// Generated from every contract.ts of actions/ by `npm run generate`. Change those, not this file.
import { parseActionKeys, type ReleaseKeys } from "./keys.ts";

export const RELEASE_KEYS: ReleaseKeys = {
  claim: parseActionKeys(`file github-token:secret repository issues state-key:secret
    trusted-authors allow dry-run stop work-order base`),
  dispatch: parseActionKeys(`file github-token:secret repository issues state-key:secret
    trusted-authors allow dry-run stop notify via event-type workflow ref
    target-repository target-token:secret agent recipe autonomy approval
    min-severity min-confidence max-attempts ci-apps max-open-prs
    max-dispatches-per-hour lease-minutes start-minutes attempt-hours
    max-usd-per-attempt max-usd-per-incident max-usd-per-day
    max-usd-per-month prices:words max-minutes-per-attempt
    max-minutes-per-incident max-minutes-per-day max-minutes-per-month
    max-ci-repairs redispatch`),
  doctor: parseActionKeys(`file github-token:secret state-key:secret stop sentry-token:secret
    sentry-url sentry-org sentry-projects environment vercel-token:secret
    vercel-url vercel-project vercel-team production-environment
    health-url health-allow-private health-status health-body:words
    vercel-bypass-secret:secret deployed-sha posthog-api-key:secret
    posthog-host posthog-project-id events trusted-authors notify via
    event-type workflow target-repository agent command:passed
    setup-command:words test-command:words model-url:passed
    model-implement:passed max-cost-usd:passed anthropic-api-key:secret
    openai-api-key:secret model-api-key:secret npm-token:secret
    app-id:secret app-private-key:secret`),
  impact: parseActionKeys(`file github-token:secret repository issues state-key:secret
    trusted-authors allow dry-run stop posthog-api-key:secret posthog-host
    posthog-project-id events window-hours baseline`),
  intake: parseActionKeys(`file github-token:secret repository issues state-key:secret
    trusted-authors allow dry-run stop notify source task:words
    sentry-token:secret sentry-url sentry-org sentry-projects environment
    sentry-authors min-events min-severity known-secrets:secret limit
    suspect-files similar-incidents`),
  "perf-scan": parseActionKeys(`file github-token:secret repository issues state-key:secret
    trusted-authors allow dry-run stop notify sentry-token:secret
    sentry-url sentry-org sentry-projects environment window-hours
    baseline p95-threshold-ms min-change min-samples operations limit
    include-sentry-regressions suspect-files`),
  propose: parseActionKeys(`file github-token:secret repository issues state-key:secret
    trusted-authors allow dry-run stop patch patch-sha256 result-file key
    base-sha branch base pr-token:secret max-files max-lines max-patch-kb
    protected-paths setup-command:words test-command:words recipe proof
    proof-wall require-proof title:words draft labels notify reviewers`),
  repair: parseActionKeys(`no-file step agent command:words prompt-file prompt:words
    evidence-file task-file base-sha recipe setup-command:words
    test-command:words model-plan model-implement max-turns max-cost-usd
    prices:words inner-attempts max-files max-lines max-patch-kb
    protected-paths step-timeout-minutes sandbox sandbox-image
    sandbox-network agent-network registries services variables:words
    agent-version agent-path model-url anthropic-api-key:secret
    openai-api-key:secret model-api-key:secret npm-token:secret patch
    patch-sha256 require-proof dry-run stop`),
  schedule: parseActionKeys(`file github-token:secret workflow to variable variables-token:secret
    dry-run stop`),
  "verify-recovery": parseActionKeys(`file github-token:secret repository issues state-key:secret
    trusted-authors allow dry-run stop vercel-token:secret vercel-project
    vercel-team vercel-url production-environment deployed-sha health-url
    health-status health-body:words health-timeout-ms health-allow-private
    vercel-bypass-secret:secret sentry-token:secret sentry-url sentry-org
    sentry-projects environment exposure posthog-api-key:secret
    posthog-host posthog-project-id old-clients target-repository
    target-token:secret min-deploy-age-seconds cap-hours max-attempts
    notify`),
};
