import { join } from "node:path";
import type { GeneratedFile } from "./generated-files.ts";

/** Rules that describe a context rather than a format, which the tokenizer or a pattern of ours covers. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  "aws-amazon-bedrock-api-key-short-lived": "a fixed text, whatever the key is",
  "curl-auth-header": "a command line; the tokenizer reads headers",
  "curl-auth-user": "a command line; the tokenizer reads -u",
  "freemius-secret-key": "an assignment; the tokenizer reads secret_key",
  "generic-api-key": "an assignment; the tokenizer reads names",
  "hashicorp-tf-password": "an assignment; the tokenizer reads names",
  jwt: "our pattern takes more forms",
  "jwt-base64": "our pattern takes more forms",
  "kubernetes-secret-yaml": "a document; the tokenizer reads its values",
  "nuget-config-password": "an XML attribute; the tokenizer reads it",
  "pkcs12-file": "a file's name",
  "private-key": "hidden as a block",
  "sidekiq-sensitive-url": "credentials of a URL",
};

/** Rules whose tokens a pattern in secret-patterns.ts takes whole, and longer ones too; a test of the bench holds it to that. */
const OURS = new Set(
  `
    1password-service-account-token age-secret-key airtable-personnal-access-token anthropic-admin-api-key
    anthropic-api-key artifactory-api-key aws-amazon-bedrock-api-key-long-lived databricks-api-token
    digitalocean-access-token digitalocean-pat doppler-api-token gcp-api-key
    github-app-token github-fine-grained-pat github-oauth github-pat
    github-refresh-token gitlab-cicd-job-token gitlab-deploy-token gitlab-feature-flag-client-token
    gitlab-feed-token gitlab-incoming-mail-token gitlab-kubernetes-agent-token gitlab-oauth-app-secret
    gitlab-pat gitlab-pat-routable gitlab-ptt gitlab-runner-authentication-token
    gitlab-runner-authentication-token-routable gitlab-scim-token grafana-cloud-api-token grafana-service-account-token
    hashicorp-tf-api-token heroku-api-key-v2 huggingface-access-token huggingface-organization-api-token
    linear-api-key new-relic-browser-api-token new-relic-user-api-key notion-api-token
    npm-access-token openai-api-key perplexity-api-key planetscale-api-token
    planetscale-oauth-token planetscale-password postman-api-token pulumi-api-token
    pypi-upload-token rubygems-api-token sendinblue-api-token sentry-org-token
    sentry-user-token shopify-access-token shopify-custom-access-token shopify-private-app-access-token
    shopify-shared-secret slack-app-token slack-bot-token slack-config-access-token
    slack-config-refresh-token slack-legacy-bot-token slack-legacy-token slack-user-token
    sourcegraph-access-token stripe-access-token vault-batch-token
  `
    .trim()
    .split(/\s+/),
);

const OPERATOR = String.raw`[\x60'"\s=]{0,5}`;
const PRELUDE = /^(?:\(\?i\))?\[\\w\.-\]\{0,50\}\?(?:\(\?i:\[\\w\.-\]\{0,50\}\?)?/;

/** Words that are part of a rule's names and belong to no service. */
const SAYS_NOTHING = new Set([
  "api",
  "key",
  "token",
  "oauth",
  "login",
  "com",
  "initialize",
  "apikey",
  "coapikey",
]);

const SHIPPED_HEAD = `/**
 * Formats of tokens: rule, words of the service without which the format says nothing, format. Made by
 * packages/build/src/generating/token-formats.ts from the rules of gitleaks, whose licence is in token-formats.LICENSE.txt.
 * Without those that one of our patterns takes whole.
 */
export const TOKEN_FORMATS`;
const COVERED_HEAD = `/**
 * Formats of public rules that one of our patterns takes whole, so that each format has one owner: here only to measure
 * that it does. Made by packages/build/src/generating/token-formats.ts like packages/evidence/src/secrets/token-formats.ts.
 */
export const COVERED_FORMATS`;

type Rule = { readonly id: string; readonly regex: string };

/**
 * The formats of tokens that redaction knows, from the rules of gitleaks (github.com/gitleaks/gitleaks, MIT,
 * config/gitleaks.toml). What is taken over are facts: prefix, alphabet, length, and the service's name where the format
 * says nothing by itself. Rules that are no format of a token are left out, with the reason. Formats run in linear time:
 * runs are bounded, and no group is repeated.
 *
 * @throws Error naming the rule of which no pattern can be made
 */
export function tokenFormatFiles(repository: string, toml: string): GeneratedFile[] {
  const rules = readRules(toml).filter(({ id }) => !(id in LEFT_OUT));
  const makeRows = (isOurs: boolean) => rules.filter(({ id }) => OURS.has(id) === isOurs).map(makeRow);
  const file = (path: string, head: string, isOurs: boolean): GeneratedFile => ({
    path: join(repository, path),
    text: fileText(head, makeRows(isOurs)),
  });
  return [
    file("packages/evidence/src/secrets/token-formats.ts", SHIPPED_HEAD, false),
    file("packages/rig/bench/src/redaction/covered-formats.ts", COVERED_HEAD, true),
  ];
}

function readRules(toml: string): Rule[] {
  return toml
    .split("[[rules]]")
    .slice(1)
    .map((rule) => ({
      id: /^id = "([^"]+)"/m.exec(rule)?.[1] ?? "",
      regex: /^regex = '''([\s\S]*?)'''/m.exec(rule)?.[1] ?? "",
    }));
}

function makeRow({ id, regex }: Rule): string {
  const { keywords, format } = readRegex(regex);
  try {
    new RegExp(format);
  } catch (cause) {
    throw new Error(`The rule ${id} of gitleaks became no pattern: ${(cause as Error).message}.`, { cause });
  }
  return `${id}|${keywords.join(",")}|${format}`;
}

/** The words without which the format says nothing, and the format. */
function readRegex(regex: string): { readonly keywords: readonly string[]; readonly format: string } {
  const [head = "", ...tail] = regex.split(OPERATOR);
  if (tail.length === 0) return { keywords: [], format: makeFormat(regex) };
  const names = head
    .replace(PRELUDE, "")
    .replace(/^\(\?:/, "")
    .split("(?:[ \\t")[0];
  const plain = (names ?? "")
    .replace(/\(\?-?i:/g, "(")
    .replace(/\[[_.-]+\]\??|[_-]/g, "")
    .replace(/\[([A-Z])[a-z]\]/g, "$1");
  const keywords = [...plain.matchAll(/[A-Za-z]{3,}/g)]
    .map(([word]) => word.toLowerCase())
    .filter((word, at, all) => all.indexOf(word) === at && !SAYS_NOTHING.has(word));
  return { keywords, format: makeFormat(tail.join(OPERATOR), head.startsWith("(?i)")) };
}

/** One format without the edges that gitleaks asks for, its groups not captured, and letters in both cases where either is taken. */
function makeFormat(regex: string, isFolded = /^\(\?i\)/.test(regex)): string {
  const bare = regex
    .split("|\\b(")[0]
    ?.replace(/\(\?:\[\\x60[^)]*\)$/, "")
    .replace(/\(\?:\[\^[^)]*\\z\)$/, "")
    .replace(/^\(\?:\^\|\[[^\]]*\]\)/, "")
    .replace(/\(\?:\$\|\[[^\]]*\]\)$/, "")
    .replace(/\(\?:https\?:\/\/\)\?/, "")
    .replaceAll("[[:alnum:]]", "[A-Za-z0-9]")
    .replaceAll("\\b", "");
  const at = isFolded ? 0 : (bare?.indexOf("(?i") ?? -1);
  const cased = at < 0 ? bare : (bare?.slice(0, at) ?? "") + foldClasses(bare?.slice(at) ?? "");
  return unwrap((cased ?? "").replaceAll("(?i)", ""))
    .replace(/\(\?-?i:/g, "(?:")
    .replace(/\((?!\?)/g, "(?:")
    .replace(/\{(\d+),\}/g, (_, least) => `{${least},${Number(least) + 300}}`)
    .replace(/([\])])\+/g, "$1{1,64}")
    .replace(/([\])])\*/g, "$1{0,64}")
    .replaceAll("\\d+", "\\d{1,20}")
    .replace("|[a-fA-F0-9]{40}", "");
}

function foldClasses(text: string): string {
  return text.replace(/\[[^\]]+\]/g, (set) =>
    set.replace(/(?<!A-Z.*)a-z(?!.*A-Z)/, "A-Za-z").replace(/(?<!A-F.*)a-f(?!.*A-F)/, "a-fA-F"),
  );
}

/** Without the parentheses around all of it. */
function unwrap(text: string): string {
  let depth = 0;
  if (!text.startsWith("(") || !text.endsWith(")")) return text;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "(") depth += 1;
    else if (text[at] === ")") depth -= 1;
    if (depth === 0 && at < text.length - 1) return text;
  }
  return unwrap(text.replace(/^\((?:\?:)?/, "").slice(0, -1));
}

function fileText(head: string, formats: readonly string[]): string {
  return `${head}: readonly string[] = [
${formats.map((row) => `  ${literal(row)},`).join("\n")}
];
`;
}

/** A text with a backslash is written raw. */
function literal(row: string): string {
  return row.includes("\\") ? `String.raw\`${row.replaceAll("`", "\\x60")}\`` : JSON.stringify(row);
}
