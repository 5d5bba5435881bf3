/** A workflow that the command prints and writes. */
export type Template = {
  /** What `patchpilot show` takes. */
  readonly name: string;
  /** Its path in a repository that uses it. */
  readonly path: string;
  /** What it is for, to follow the name in a list. */
  readonly purpose: string;
};

const workflow = (file: string): string => `.github/workflows/${file}`;

/** All templates, those that `init` writes first. `npm run build` puts their texts beside the bundle. */
export const TEMPLATES = [
  {
    name: "patchpilot",
    path: workflow("patchpilot.yml"),
    purpose: "the whole loop: hears issues, labels and comments, and looks every half-hour",
  },
  {
    name: "patchpilot-repair",
    path: workflow("patchpilot-repair.yml"),
    purpose: "the repair: runs your coding agent and opens a draft pull request",
  },
  {
    name: "patchpilot-task",
    path: workflow("patchpilot-task.yml"),
    purpose: "hands a task in your own words to the agent",
  },
  {
    name: "while-open",
    path: workflow("patchpilot.yml"),
    purpose: "the loop for a private repository in which little happens, with patchpilot-tick",
  },
  {
    name: "patchpilot-tick",
    path: workflow("patchpilot-tick.yml"),
    purpose: "the half-hourly part of while-open",
  },
  {
    name: "one-app",
    path: workflow("patchpilot.yml"),
    purpose: "the loop for one app, without Vercel and PostHog",
  },
  {
    name: "monorepo",
    path: workflow("patchpilot.yml"),
    purpose: "the loop for several apps in one repository",
  },
  {
    name: "agent-repository",
    path: workflow("patchpilot.yml"),
    purpose: "the loop in one repository that serves many",
  },
] as const satisfies readonly Template[];

export type TemplateName = (typeof TEMPLATES)[number]["name"];

/** The text of each template, as released. */
export type TemplateTexts = Readonly<Record<TemplateName, string>>;
