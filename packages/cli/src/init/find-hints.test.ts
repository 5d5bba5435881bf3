import { expect, test } from "vitest";
import { findHints } from "./find-hints.ts";

const CASES: readonly [
  name: string,
  files: Record<string, string>,
  variables: object,
  isOnVercel?: boolean,
][] = [
  ["no file", {}, {}],
  [
    ".sentryclirc",
    {
      ".sentryclirc":
        "[auth]\ntoken=x\n\n[defaults]\nurl = https://de.sentry.io/\norg = acme\nproject = web\n",
    },
    { SENTRY_ORG: "acme", SENTRY_PROJECTS: "web", SENTRY_URL: "https://de.sentry.io" },
  ],
  [
    "sentry.properties of another tool, with Sentry's own address",
    { "sentry.properties": "defaults.url=https://sentry.io/\ndefaults.org=acme\ndefaults.project=ios\n" },
    { SENTRY_ORG: "acme", SENTRY_PROJECTS: "ios" },
  ],
  [
    "the options of Sentry's plugin for Next.js",
    {
      "next.config.mjs": 'export default withSentryConfig(config, {\n  org: "acme",\n  project: "web",\n});',
    },
    { SENTRY_ORG: "acme", SENTRY_PROJECTS: "web" },
  ],
  [
    "options that are read from the environment",
    { "vite.config.ts": "sentryVitePlugin({ org: process.env.SENTRY_ORG, project: name })" },
    {},
  ],
  [
    "a configuration without Sentry whose options are called alike",
    { "vite.config.ts": 'tsconfig({ project: "tsconfig.app" })' },
    {},
  ],
  [
    "a link to a project of a team in Vercel",
    { ".vercel/project.json": '{"projectId":"prj_1","orgId":"team_2","projectName":"shop"}' },
    { VERCEL_PROJECT: "shop", VERCEL_TEAM: "team_2" },
    true,
  ],
  [
    "a link to a project of one person in Vercel",
    { ".vercel/project.json": '{"projectId":"prj_1","orgId":"aBcD"}' },
    { VERCEL_PROJECT: "prj_1" },
    true,
  ],
  ["a link that is cut off", { ".vercel/project.json": '{"projectId":' }, {}, true],
  ["vercel.json alone", { "vercel.json": "{}" }, {}, true],
];

test.each(CASES)("%s", (_, files, variables, isOnVercel = false) => {
  expect(findHints(files)).toEqual({ variables, isOnVercel });
});
