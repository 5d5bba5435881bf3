/** A text that some program acts on where it stands in a commit message, a pull request or a branch's name. */
export type ControlWord = {
  readonly text: string;
  /** How the program finds it. */
  readonly pattern: RegExp;
  /** Where that is documented. */
  readonly source: string;
  /** It needs no sign, so nothing in a workflow author's own title can take its effect away. */
  readonly bare?: true;
};

const literal = (text: string): string => text.replace(/[^\w\s]/g, "\\$&");

/** Words that are found wherever they stand, in any case. */
const anywhere = (source: string, texts: readonly string[], bare?: true): ControlWord[] =>
  texts.map((text) => ({
    text,
    pattern: new RegExp(literal(text), "i"),
    source,
    ...(bare ? { bare } : {}),
  }));

/** Words that are found at the start of a line. */
const atLineStart = (source: string, texts: readonly string[]): ControlWord[] =>
  texts.map((text) => ({ text, pattern: new RegExp(`^\\s*${literal(text)}`, "im"), source }));

const found = (source: string, pattern: RegExp, texts: readonly string[], bare?: true): ControlWord[] =>
  texts.map((text) => ({ text, pattern, source, ...(bare ? { bare } : {}) }));

const SKIPS: readonly ControlWord[] = [
  ...anywhere("https://docs.github.com/en/actions/managing-workflow-runs/skipping-workflow-runs", [
    "[skip ci]",
    "[ci skip]",
    "[no ci]",
    "[skip actions]",
    "[actions skip]",
    "skip-checks:true",
    "skip-checks: true",
  ]),
  ...anywhere("https://docs.gitlab.com/ci/pipelines/#skip-a-pipeline", ["[CI Skip]", "[SKIP CI]"]),
  ...anywhere("https://docs.travis-ci.com/user/customizing-the-build/#skipping-a-build", [
    "[skip travis]",
    "[travis skip]",
    "[travis ci skip]",
    "[skip travis-ci]",
  ]),
  ...anywhere("https://learn.microsoft.com/azure/devops/pipelines/repos/github#skipping-ci", [
    "***NO_CI***",
    "[skip azurepipelines]",
    "[azpipelines skip]",
    "[skip azp]",
  ]),
  ...anywhere("https://www.appveyor.com/docs/how-to/filtering-commits/", ["[skip appveyor]"]),
  ...anywhere("https://docs.netlify.com/deploy/manage-deploys/manage-deploys-overview/#skip-a-deploy", [
    "[skip netlify]",
    "[netlify skip]",
  ]),
  // Vercel's ignored build step is a script of the project; these are the words that such scripts look for.
  ...anywhere("https://vercel.com/docs/project-configuration/project-settings#ignored-build-step", [
    "[vercel skip]",
    "[skip vercel]",
    "[skip build]",
    "#nodeploy",
  ]),
  ...anywhere(
    "https://www.deployhq.com/support/deployments/automatic-deployments/commit-message-deployment-commands",
    ["[skip_build]", "[from_scratch]", "[deploy: production]"],
  ),
  ...anywhere("https://developers.cloudflare.com/pages/configuration/branch-build-controls/", [
    "[CF-Pages-Skip]",
    "[CI-Skip]",
    "[Skip-CI]",
  ]),
  ...anywhere("https://render.com/docs/deploys", [
    "[skip render]",
    "[render skip]",
    "[skip deploy]",
    "[skip cd]",
  ]),
  ...anywhere("https://docs.aws.amazon.com/amplify/latest/userguide/build-features.html", ["[skip-cd]"]),
  ...anywhere("https://buildkite.com/docs/pipelines/configure/skipping#ignore-a-commit", ["[ci-skip]"]),
  ...anywhere("https://go-vela.github.io/docs/usage/skipping_build/", ["[skip vela]", "[vela skip]"]),
  ...anywhere("https://github.com/srz-zumix/ci-skip", ["--skip-ci", "--ci-skip", "[skipRun]"]),
  ...found(
    "https://woodpecker-ci.org/docs/usage/workflow-syntax#skip-commits",
    /\[(?:ci *skip|skip *ci) *\]/i,
    ["[SKIPCI]"],
  ),
  ...anywhere("https://pre-commit.ci/#configuration-skip", ["[skip pre-commit.ci]", "[pre-commit.ci skip]"]),
  ...anywhere("https://appwrite.io/docs/products/sites/deployments", ["skip appwrite"], true),
];

const TRAILERS: readonly ControlWord[] = found(
  "https://git-scm.com/docs/git-interpret-trailers",
  /^(?!PatchPilot-Key|Patch-SHA256|Patch-Id)[A-Za-z0-9-]+[ \t]*: *\S/m,
  [
    "Co-authored-by: Mallory <m@evil.example>",
    "Signed-off-by: Mallory <m@evil.example>",
    "Release-As: 9.0.0",
    "Change-Id: I0123456789abcdef",
    "Git-Dch: ignore",
    "on-behalf-of: @acme <m@evil.example>",
    "Changelog: added",
  ],
);

/** `src/sentry/utils/groupreference.py`, which reads on over words, commas and lines. */
const SENTRY_FIXES =
  /\b(?:fix|fixes|fixed|close|closes|closed|resolve|resolves|resolved):?\s+[\w\-\s,]*\b[\w-]+-[A-Z0-9]+\b/i;

const CLOSING: readonly ControlWord[] = [
  ...found(
    "https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue",
    /\b(?:fix(?:e[sd])?|close[sd]?|resolve[sd]?):?\s+(?:[\w.-]+\/[\w.-]+)?(?:#|GH-)\d+/i,
    ["fixes #1", "Closes: #2", "closes org/repo#1", "RESOLVED GH-1"],
  ),
  ...found(
    "https://github.com/getsentry/sentry/blob/master/src/sentry/utils/groupreference.py",
    SENTRY_FIXES,
    ["fixes SHOP-1", "Resolves SHOP-2T", "fixed the cart, see SHOP-2T", "close\nSHOP-9"],
  ),
  ...found("https://linear.app/docs/github", /\b(?:fix|complet|implement)\w*:? [A-Z][A-Z0-9]{1,6}-\d+/i, [
    "Fixes ENG-123",
    "completes ENG-7",
    "implementing ENG-8",
  ]),
  ...found(
    "https://support.atlassian.com/jira-software-cloud/docs/process-issues-with-smart-commits/",
    /\b[A-Z][A-Z0-9]+-\d+\b.*#[a-z]/i,
    ["ABC-1 #close", "ABC-1 #time 2w #comment done"],
  ),
  ...anywhere("https://learn.microsoft.com/azure/devops/boards/github/link-to-from-github", ["fixes AB#12"]),
  ...anywhere("https://docs.github.com/en/get-started/writing-on-github", ["@octocat", "acme/shop#7"]),
];

const RELEASES: readonly ControlWord[] = [
  ...found(
    "https://www.conventionalcommits.org/en/v1.0.0/",
    /^[\s|*]*(?:BREAKING[ -]CHANGE|[a-z]+(?:\([^)]*\))?!)(?:: |:?\s+#)/im,
    ["BREAKING CHANGE: all", "BREAKING-CHANGE: all", "feat!: all", "fix(api)!: all"],
  ),
  ...found(
    "https://github.com/semantic-release/commit-analyzer",
    /^\*? ?(?:feat|perf|revert): /im,
    ["feat: all", "perf: all"],
    true,
  ),
  ...anywhere(
    "https://github.com/googleapis/release-please#readme",
    ["BEGIN_COMMIT_OVERRIDE", "BEGIN_NESTED_COMMIT"],
    true,
  ),
  ...anywhere("https://github.com/anothrNick/github-tag-action#bumping", ["#major", "#minor", "#none"]),
  ...anywhere("https://gitversion.net/docs/reference/version-increments", [
    "+semver: major",
    "+semver:breaking",
    "+semver: skip",
  ]),
  ...anywhere("https://github.com/PaulHatch/semantic-version#configuration", ["(MAJOR)", "(MINOR)"], true),
  ...anywhere(
    "https://github.com/phips28/gh-action-bump-version#workflow",
    ["major", "BREAKING CHANGE"],
    true,
  ),
  ...anywhere("https://www.npmjs.com/package/@theo.gravity/version-bump-plugin-git", ["[major]"]),
  ...atLineStart("https://git-scm.com/docs/git-rebase#Documentation/git-rebase.txt---autosquash", [
    "fixup! Repair the cart",
    "squash! Repair the cart",
    "amend! Repair the cart",
  ]),
];

const COMMANDS: readonly ControlWord[] = [
  ...atLineStart("https://prow.k8s.io/command-help", [
    "/merge",
    "/lgtm",
    "/approve",
    "/close",
    "/override ci",
    "/hold cancel",
    "/test all",
  ]),
  ...atLineStart("https://github.com/github/command", [".deploy", "/deploy production", "/patchpilot retry"]),
  ...anywhere("https://docs.github.com/en/code-security/dependabot", ["@dependabot merge"]),
  ...anywhere("https://docs.mergify.com/commands/", ["@mergifyio queue", "@Mergify merge"]),
  ...anywhere("https://bors.tech/documentation/", ["bors r+", "bors: r+"]),
  ...found("https://bors.tech/documentation/", /^bors try/im, ["bors try"], true),
  ...anywhere("https://github.com/jenkinsci/ghprb-plugin#readme", ["ok to test", "test this please"], true),
  ...anywhere("https://docs.coderabbit.ai/guides/commands", ["@coderabbitai ignore"]),
  ...anywhere("https://docs.renovatebot.com/", ["rebase!"]),
  ...found(
    "https://zuul-ci.org/docs/zuul/latest/config/pipeline.html",
    /^(?:recheck|retest)\b/im,
    ["recheck", "retest"],
    true,
  ),
  ...found("https://github.com/lgtmco/lgtm", /^LGTM\b/im, ["LGTM"], true),
];

export const CONTROL_WORDS: readonly ControlWord[] = [
  ...SKIPS,
  ...TRAILERS,
  ...CLOSING,
  ...RELEASES,
  ...COMMANDS,
];
