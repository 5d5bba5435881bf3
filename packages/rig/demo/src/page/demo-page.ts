import { readFile } from "node:fs/promises";
import type { IssueView, PullView, ThreadView } from "../story/github-view.ts";
import type { Mail } from "../story/mailbox.ts";
import type { RepairRun, StoryReport } from "../story/run-scenario.ts";
import type { TimelineEntry } from "../story/timeline.ts";
import { escapeHtml } from "./escape-html.ts";
import { commentId, filesId, linksWithin, runId, threadId } from "./page-links.ts";
import { drawLabel } from "./render-label.ts";
import { renderMails } from "./render-mail.ts";
import { renderMarkdown } from "./render-markdown.ts";
import { drawPull, renderBranches } from "./render-pull.ts";
import { renderStory } from "./render-story.ts";
import { type PageContext, renderThread } from "./render-thread.ts";

/** What a page shows. */
export type PageContent = {
  readonly title: string;
  readonly sentence: string;
  readonly issues: readonly IssueView[];
  readonly pulls: readonly PullView[];
  readonly repairs: readonly RepairRun[];
  readonly mails: readonly Mail[];
  readonly timeline: readonly TimelineEntry[];
  /** What was real and what was not, in Markdown. */
  readonly note: string;
};

/** A story as a person would read it on GitHub, as one HTML file that needs nothing else. */
export const renderDemoPage = (
  report: StoryReport,
  { scenario, sentence }: { readonly scenario: string; readonly sentence: string },
): Promise<string> =>
  renderPage({
    ...report,
    title: `Demo: ${scenario}`,
    sentence: `${sentence[0]?.toUpperCase() ?? ""}${sentence.slice(1)}.`,
    issues: [report.issue],
    note: `Outcome: **${report.outcome}**. Real: the shop and its requests, the workflows, the actions and every threshold.
Not real: GitHub, Sentry, Vercel and PostHog were simulators on this machine, with a clock that ran fast; the coding agent was
a script, not a model; and the demo reviewed and merged in your place. You are \`maintainer\`, the login in \`PATCHPILOT_ONCALL\`.`,
  });

export async function renderPage(content: PageContent): Promise<string> {
  const style = await readFile(new URL("demo-page.css", import.meta.url), "utf8");
  const sections = listSections(content);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(content.title)}</title>
<style>
${style}</style>
</head>
<body>
<header>
<h1>${escapeHtml(content.title)}</h1>
<p>${escapeHtml(content.sentence)}</p>
<nav aria-label="On this page">
${sections.map(({ id, name }) => `<a href="#${id}">${escapeHtml(name)}</a>`).join("\n")}
</nav>
</header>
<main>
${sections.map(renderSection).join("\n")}
</main>
<footer>
${renderMarkdown(content.note)}</footer>
</body>
</html>
`;
}

type Section = {
  readonly id: string;
  /** In the list at the top. */
  readonly name: string;
  readonly heading: string;
  readonly html: string;
};

const renderSection = ({ id, heading, html }: Section): string =>
  `<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${heading}</h2>
${html}
</section>`;

function listSections(content: PageContent): Section[] {
  const context = makeContext(content);
  const { issues, pulls, mails, repairs, timeline } = content;
  const plain = (id: string, name: string, html: string): Section => ({
    id,
    name,
    heading: escapeHtml(name),
    html,
  });
  return [
    ...issues.map((issue) => ({
      ...describeThread(issue, "Issue"),
      html: `${renderState(issue)}\n${renderThread(issue, context)}`,
    })),
    ...pulls.map((pull) => ({
      ...describeThread(pull, "Pull request"),
      html: `${renderState(pull)}\n${renderBranches(pull)}\n${drawPull(pull, repairs, context)}`,
    })),
    plain("mails", `Your e-mail (${mails.length})`, renderMails(context)),
    ...(repairs.length === 0 ? [] : [plain("runs", "Workflow runs", repairs.map(renderRepair).join("\n"))]),
    ...(timeline.length === 0 ? [] : [plain("story", "The whole story", renderStory(timeline))]),
  ];
}

function makeContext({ issues, pulls, repairs, mails }: PageContent): PageContext {
  const threads = [...issues, ...pulls];
  const ids = new Set([
    ...threads.map(({ number }) => threadId(number)),
    ...threads.flatMap(({ comments }) => comments.map(({ id }) => commentId(id))),
    ...pulls.map(({ number }) => filesId(number)),
    ...repairs.map(({ id }) => runId(id)),
  ]);
  const thread = (number: number): string | undefined =>
    ids.has(threadId(number)) ? `#${threadId(number)}` : undefined;
  return { resolve: linksWithin(ids), thread, mails };
}

const describeThread = ({ number, title }: ThreadView, kind: string) => ({
  id: threadId(number),
  name: `${kind} #${number}`,
  heading: `${escapeHtml(title)} <span class="quiet">#${number}</span>`,
});

const STATES = { open: "Open", closed: "Closed", draft: "Draft", merged: "Merged" } as const;

const renderState = ({ state, labels }: IssueView | PullView): string =>
  `<p><span class="state ${state}">${STATES[state]}</span>
${labels.map(drawLabel).join("\n")}</p>`;

const MARKS: Readonly<Record<string, string>> = { success: "✅", failure: "❌" };

/** On GitHub this stands under Actions. */
function renderRepair({ id, title, jobs }: RepairRun): string {
  const ended = jobs.map(
    ({ name, conclusion }) =>
      `<li>${MARKS[conclusion] ?? "⚪"} ${escapeHtml(name)}: ${escapeHtml(conclusion)}</li>`,
  );
  return `<article class="comment" id="${runId(id)}" aria-label="${escapeHtml(title)}">
<header><b>${escapeHtml(title)}</b></header>
<div class="body"><ol>${ended.join("")}</ol></div>
</article>`;
}
