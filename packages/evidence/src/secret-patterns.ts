import { EDGE, EVERY_FAMILY, type Families, readFamily } from "./secrets/public-formats.ts";

/** A kind of secret that is recognised by its shape. */
export type SecretPattern = { readonly kind: string; readonly pattern: RegExp };

/** A look-ahead: the token holds a digit, so it is no hyphenated word. */
const HAS_DIGIT = String.raw`(?=[A-Za-z_-]{0,64}\d)`;

/**
 * Formats as their issuers document them; a source without flags is matched with case. Every source is linear:
 * either its prefix is fixed and what follows cannot fail after an unbounded run, or its runs are bounded.
 */
const SOURCES: readonly (readonly [kind: string, source: string, flags?: string])[] = [
  ["github-token", String.raw`gh[pousr]_[A-Za-z0-9._-]{20,}|github_pat_\w{20,}`],
  ["gitlab-token", String.raw`gl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|oas|soat|ffct)-[\w.-]{20,}`],
  ["sentry-token", String.raw`sntry[a-z]{1,2}_[\w+/=.-]{20,}`],
  ["vercel-token", String.raw`${EDGE}vc[a-z]_\w{20,}|vercel_blob_rw_\w{10,}`],
  ["posthog-key", String.raw`${EDGE}ph[abd-z]_\w{20,}`],
  ["stripe-key", `${EDGE}(?:sk|rk|pk)_(?:live|test|prod)_[A-Za-z0-9]{8,}|whsec_[A-Za-z0-9+/=]{16,}`],
  ["anthropic-key", String.raw`sk-ant-[\w-]{16,}`],
  ["openai-key", String.raw`${EDGE}sk-${HAS_DIGIT}[\w-]{20,}|${EDGE}sess-[A-Za-z0-9]{30,}`],
  ["aws-key-id", "(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA|AGPA|AIPA|ANPA|ANVA)[A-Z2-7]{16}|ABSK[A-Za-z0-9+/=]{60,}"],
  ["google-key", String.raw`AIza[\w-]{30,}|ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,}|${EDGE}1//0[\w-]{30,}`],
  ["azure-secret", String.raw`${EDGE}[\w~.-]{3}[78]Q~[\w~.-]{31,34}`],
  ["slack-token", String.raw`xox[a-z]-[\w-]{10,}|xox[a-z]\.xox[a-z]-[\w-]{10,}|xapp-[\w-]{10,}`],
  ["webhook", String.raw`hooks\.slack\.com/(?:services|workflows|triggers)/[\w/-]{10,}`],
  [
    "webhook",
    String.raw`discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d+/[\w-]{20,}|webhook\.office\.com/[\w/@-]{20,}`,
  ],
  ["npm-token", "npm_[A-Za-z0-9]{20,}"],
  ["pypi-token", String.raw`pypi-[\w-]{32,}`],
  ["rubygems-key", "rubygems_[0-9a-f]{32,}"],
  ["docker-token", String.raw`dckr_(?:pat|oat)_[\w-]{20,}`],
  ["huggingface-token", `${EDGE}(?:hf|api_org)_[A-Za-z0-9]{30,}`],
  ["sendgrid-key", String.raw`SG\.[\w-]{16,}\.[\w-]{16,}`],
  ["twilio-key", `${EDGE}(?:SK|AC)[0-9a-f]{32}(?![0-9a-f])`],
  [
    "mailgun-key",
    String.raw`${EDGE}key-[0-9a-f]{32}(?![0-9a-f])|${EDGE}[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}(?![\w-])`,
  ],
  ["mailchimp-key", String.raw`${EDGE}[0-9a-f]{32}-us\d{1,2}(?!\d)`],
  ["digitalocean-token", "do[opr]_v1_[0-9a-f]{32,}"],
  ["shopify-token", "shp(?:at|ca|pa|ss|ua)_[0-9A-Fa-f]{20,}"],
  ["square-token", String.raw`sq0[a-z]{3}-[\w-]{20,}|${EDGE}EAAA[\w-]{56,}`],
  ["atlassian-token", String.raw`AT(?:ATT|CTT|STT)3[\w=-]{20,}|ATBB[A-Za-z0-9]{20,}`],
  ["databricks-token", String.raw`${EDGE}dapi[0-9a-f]{32}(?:-\d)?`],
  ["vault-token", String.raw`${EDGE}hv[sbr]\.[\w-]{20,}`],
  ["terraform-token", String.raw`${EDGE}[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{40,}`],
  ["grafana-token", String.raw`gl(?:c|sa)_[\w+/=]{20,}`],
  ["newrelic-key", "NR(?:AK|II|JS|RA|SP|AL)-[A-Za-z0-9]{16,}"],
  ["telegram-token", String.raw`${EDGE}\d{8,10}:AA[\w-]{32,}`],
  ["discord-token", String.raw`${EDGE}[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}`],
  ["airtable-token", String.raw`${EDGE}pat[A-Za-z0-9]{14}\.[0-9a-f]{40,}`],
  ["age-key", "AGE-SECRET-KEY-1[A-Z0-9]{20,}"],
  [
    "jwt",
    String.raw`(?<=^|[^\w-]|%[0-9A-Fa-f]{2}|\\[nrtbf]|\\u[0-9A-Fa-f]{4})(?:[ps]k\.)?eyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*){0,3}`,
  ],
  [
    "credential",
    String.raw`\bBearer(?:\s|%20|\+){1,3}[\w.~+/=-]{16,}|\bBearer(?:\s|%20|\+){1,3}${HAS_DIGIT}[\w.~+/=-]{4,}`,
    "i",
  ],
  [
    "credential",
    String.raw`\b(?:Token|ApiKey|Negotiate|NTLM)(?:\s|%20|\+){1,3}${HAS_DIGIT}[\w.~+/=-]{16,}`,
    "i",
  ],
];

/** How the tokens of smaller services begin, by family. */
const SERVICE_PREFIXES: readonly (readonly [family: string, prefix: string])[] = [
  ["linear", "lin_(?:api|oauth)_"],
  ["notion", "ntn_"],
  ["notion", "secret_(?=[A-Za-z]{0,42}[0-9])"],
  ["supabase", "sb[pr]_"],
  ["supabase", "sb_secret_"],
  ["planetscale", "pscale_(?:tkn|pw|oauth)_"],
  ["flyio", "fo1_"],
  ["render", "rnd_"],
  ["netlify", "nf[pco]_"],
  ["heroku", "HRKU-"],
  ["figma", "figd_"],
  ["groq", "gsk_"],
  ["perplexity", "pplx-"],
  ["replicate", "r8_"],
  ["xai", "xai-"],
  ["postman", "PMAK-"],
  ["pulumi", "pul-"],
  ["sourcegraph", "sgp_"],
  ["circleci", "CCIP(?:AT|RJ)_"],
  ["buildkite", "bk[a-z]{2}_"],
  ["sonar", "sq[upa]_"],
  ["artifactory", "AKCp"],
  ["sendinblue", "xkeysib-"],
  ["resend", "re_(?=[A-Za-z_]{0,32}[0-9])"],
  ["contentful", "CFPAT-"],
  ["tailscale", "tskey-"],
  ["neon", "napi_"],
  ["doppler", "dp\\.(?:pt|st|ct|sa|scim|audit)\\."],
  ["cloudflare", "cfut_"],
  ["cloudflare", "cfat_"],
  ["flyio", "fly_"],
  ["flyio", "FlyV1 "],
  ["nvidia", "nvapi-"],
  ["tavily", "tvly-"],
  ["nuget", "oy2(?=[a-z]{0,40}[0-9])"],
  ["dropbox", "sl\\.(?:u\\.)?(?=[A-Za-z]{0,40}[0-9])"],
  ["hubspot", "hubspot_"],
  ["hubspot", "pat-(?:na|eu)\\d-"],
  ["glhf", "glhf_"],
  ["1password", "ops_ey"],
];

/** Families of kinds that are not named after theirs. */
const FAMILIES: Readonly<Record<string, string>> = {
  "google-key": "gcp",
  "newrelic-key": "new",
  "terraform-token": "hashicorp",
  webhook: "slack",
};

const compiled = new Map<(family: string) => boolean, readonly SecretPattern[]>();

/** The patterns, compiled when they are first needed. */
export function secretPatterns(): readonly SecretPattern[] {
  return selectPatterns(EVERY_FAMILY);
}

/** Without those of families that are not asked for. */
export function selectPatterns(families: Families): readonly SecretPattern[] {
  const known = compiled.get(families);
  if (known !== undefined) return known;
  const prefixes = SERVICE_PREFIXES.filter(([family]) => families(family)).map(([, prefix]) => prefix);
  const services = `${EDGE}(?:${prefixes.join("|")})[\\w+/=.-]{20,}`;
  const asked = SOURCES.filter(([kind]) => families(FAMILIES[kind] ?? readFamily(kind)));
  const sources = prefixes.length === 0 ? asked : [...asked, ["service-token", services] as const];
  const made = sources.map(([kind, source, flags]) => ({
    kind,
    pattern: new RegExp(source, `g${flags ?? ""}`),
  }));
  compiled.set(families, made);
  return made;
}
