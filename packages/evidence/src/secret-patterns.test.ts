import { describe, expect, it } from "vitest";
import { secretPatterns, selectPatterns } from "./secret-patterns.ts";

const hex = (length: number): string => "0123456789abcdef".repeat(20).slice(0, length);
const word = (length: number): string => "aB3dE5gH7jK9mN1pQ2sT4vW6xY8z".repeat(40).slice(0, length);

/** What the patterns of some families leave of a text. */
function hidden(text: string, families: (family: string) => boolean): string {
  return selectPatterns(families).reduce(
    (left, { kind, pattern }) => left.replace(pattern, `[${kind}]`),
    text,
  );
}

/** Token texts are put together here, as no scanner may take this file for a leak. */
const TOKENS: readonly (readonly [kind: string, family: string, ...tokens: string[]])[] = [
  ["github-token", "github", `gho_${word(36)}`, `github_pat_${word(22)}_${word(59)}`],
  ["gitlab-token", "gitlab", `glpat-${word(20)}`, `glsoat-${word(20)}`],
  ["sentry-token", "sentry", `sntrys_${word(80)}`],
  ["vercel-token", "vercel", `vcp_${word(56)}`, `vercel_blob_rw_${word(30)}`],
  ["posthog-key", "posthog", `phx_${word(43)}`],
  ["stripe-key", "stripe", `sk_live_${word(24)}`, `rk_test_${word(24)}`, `whsec_${word(32)}`],
  ["anthropic-key", "anthropic", `sk-ant-api03-${word(93)}`],
  ["openai-key", "openai", `sk-proj-${word(48)}`, `sess-${word(40)}`],
  ["aws-key-id", "aws", `AROA${"QWERTYUIOPASDFG2"}`, `ABSK${word(100)}`],
  ["google-key", "gcp", `AIza${word(35)}`, `ya29.${word(40)}`, `GOCSPX-${word(28)}`, `1//0${word(40)}`],
  ["azure-secret", "azure", `abc8Q~${word(34)}`],
  ["slack-token", "slack", `xoxb-123456789012-${word(24)}`, `xapp-1-A0123-${word(24)}`],
  ["webhook", "slack", `hooks.slack.com/services/T0001/B0002/${word(24)}`],
  ["webhook", "slack", `discord.com/api/webhooks/123/${word(60)}`, `webhook.office.com/webhookb2/${hex(32)}`],
  ["npm-token", "npm", `npm_${word(36)}`],
  ["pypi-token", "pypi", `pypi-AgEIcHlwaS5vcmc${word(60)}`],
  ["rubygems-key", "rubygems", `rubygems_${hex(48)}`],
  ["docker-token", "docker", `dckr_pat_${word(27)}`],
  ["huggingface-token", "huggingface", `hf_${word(34)}`],
  ["sendgrid-key", "sendgrid", `SG.${word(22)}.${word(43)}`],
  ["twilio-key", "twilio", `SK${hex(32)}`, `AC${hex(32)}`],
  ["mailgun-key", "mailgun", `key-${hex(32)}`, `${hex(32)}-${hex(8)}-${hex(8)}`],
  ["mailchimp-key", "mailchimp", `${hex(32)}-us21`],
  ["digitalocean-token", "digitalocean", `dop_v1_${hex(64)}`],
  ["shopify-token", "shopify", `shpat_${hex(32)}`],
  ["square-token", "square", `sq0csp-${word(43)}`, `EAAA${word(60)}`],
  ["atlassian-token", "atlassian", `ATATT3${word(100)}`, `ATBB${word(32)}`],
  ["databricks-token", "databricks", `dapi${hex(32)}-2`],
  ["vault-token", "vault", `hvs.${word(24)}`],
  ["terraform-token", "hashicorp", `${word(14)}.atlasv1.${word(60)}`],
  ["grafana-token", "grafana", `glsa_${word(32)}_${hex(8)}`],
  ["newrelic-key", "new", `NRAK-${word(27)}`],
  ["telegram-token", "telegram", `123456789:AA${word(33)}`],
  ["discord-token", "discord", `M${word(25)}.${word(6)}.${word(38)}`],
  ["airtable-token", "airtable", `pat${word(14)}.${hex(64)}`],
  ["age-key", "age", `AGE-SECRET-KEY-1${word(58).toUpperCase()}`],
  ["jwt", "jwt", `eyJ${word(40)}.eyJ${word(80)}.${word(43)}`],
  [
    "credential",
    "credential",
    `Bearer ${word(20)}`,
    "bearer a1b2",
    `TOKEN ${word(20)}`,
    `ApiKey%20${word(20)}`,
  ],
];

describe("a token is found by the patterns of its family alone", () => {
  it.each(TOKENS)("as %s of %s", (kind, family, ...tokens) => {
    for (const token of tokens) {
      expect(hidden(`x ${token} "${token}`, (one) => one === family)).toBe(`x [${kind}] "[${kind}]`);
      expect(hidden(token, (one) => one !== family)).not.toContain(`[${kind}]`);
    }
  });
});

/** Families, each with prefixes of its tokens. */
const SERVICES = [
  "linear lin_api_ lin_oauth_, notion ntn_ secret_, supabase sbp_ sb_secret_",
  "planetscale pscale_tkn_ pscale_oauth_, flyio fo1_ fly_, render rnd_, netlify nfp_",
  "heroku HRKU-, figma figd_, groq gsk_, perplexity pplx-, replicate r8_, xai xai-",
  "postman PMAK-, pulumi pul-, sourcegraph sgp_, circleci CCIPAT_, buildkite bkua_",
  "sonar squ_, artifactory AKCp, sendinblue xkeysib-, resend re_, contentful CFPAT-",
  "tailscale tskey-, neon napi_, doppler dp.pt. dp.audit., cloudflare cfut_ cfat_",
  "nvidia nvapi-, tavily tvly-, nuget oy2, dropbox sl.u. sl., hubspot hubspot_ pat-na1-",
  "glhf glhf_, 1password ops_ey",
].flatMap((line) => line.split(", "));

describe("a token of a smaller service is found by how it begins", () => {
  it.each(SERVICES)("if its family is asked for: %s", (row) => {
    const [family = "", ...prefixes] = row.split(" ");
    for (const prefix of prefixes) {
      const token = `${prefix}${family === "nuget" ? hex(43) : word(43)}`;
      expect(hidden(`x=${token}`, (one) => one === family)).toBe("x=[service-token]");
      expect(hidden(`x=${token}`, (one) => ![family, "openai", "notion"].includes(one))).toBe(`x=${token}`);
      expect(hidden(`x${token}`, (one) => one === family)).toBe(`x${token}`);
    }
  });
});

it("without a family nothing is found", () => {
  expect(selectPatterns(() => false)).toEqual([]);
  expect(selectPatterns((family) => family === "jwt")).toHaveLength(1);
});

it("patterns are compiled once", () => {
  expect(secretPatterns()).toBe(secretPatterns());
  expect(secretPatterns().length).toBeGreaterThan(30);
});
