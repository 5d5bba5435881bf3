import { readFile } from "node:fs/promises";
import type { IssueComment } from "../story/issue-view.ts";
import type { RepairRun, StoryReport } from "../story/run-scenario.ts";
import { escapeHtml, renderMarkdown } from "./render-markdown.ts";

/** The issue as a person would read it, as one HTML file that needs nothing else. */
export async function renderDemoPage(report: StoryReport, scenario: string): Promise<string> {
  const style = await readFile(new URL("issue-page.css", import.meta.url), "utf8");
  const { issue } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(issue.title)} · issue ${issue.number}</title>
<style>
${style}</style>
</head>
<body>
<header>
<h1>${escapeHtml(issue.title)} <span class="number">#${issue.number}</span></h1>
<p><span class="state ${issue.state}">${issue.state === "closed" ? "Closed" : "Open"}</span>
${issue.labels.map((label) => `<span class="label">${escapeHtml(label)}</span>`).join("\n")}</p>
</header>
<main>
${listEntries(report).map(renderEntry).join("\n")}
${report.repairs.map(renderRepair).join("\n")}
</main>
<footer>
<p>Scenario <b>${escapeHtml(scenario)}</b> ended <b>${report.outcome}</b>. GitHub, Sentry, Vercel and PostHog were simulators on one machine,
with a clock of their own. The coding agent was a script, not a model, and the demo reviewed and merged in your place.
The shop, its crashes, the workflows, the actions and every threshold were real.</p>
</footer>
</body>
</html>
`;
}

type PageEntry =
  | ({ readonly kind: "comment" } & IssueComment)
  | { readonly kind: "event"; readonly at: string; readonly text: string };

/** Body, comments and events in the order of their beginning, as on GitHub; what happened at once stays in its order. */
function listEntries({ issue }: StoryReport): PageEntry[] {
  const { author, body, createdAt } = issue;
  const comments = issue.comments.map((comment): PageEntry => ({ kind: "comment", ...comment }));
  const events = issue.events.map((event): PageEntry => ({ kind: "event", ...event }));
  const later = [...comments, ...events].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return [{ kind: "comment", at: createdAt, editedAt: null, author, body }, ...later];
}

function renderEntry(entry: PageEntry): string {
  if (entry.kind === "event")
    return `<p class="event">${escapeHtml(entry.text)} · ${renderTime(entry.at)}</p>`;
  const edited = entry.editedAt === null ? "" : ` · edited ${renderTime(entry.editedAt)}`;
  return `<article>
<h2>${escapeHtml(entry.author)} <span>${renderTime(entry.at)}${edited}</span></h2>
<div class="body">${renderMarkdown(entry.body)}</div>
</article>`;
}

/** On GitHub this stands under Actions. */
function renderRepair({ title, jobs }: RepairRun): string {
  const ended = jobs.map(({ name, conclusion }) => `<li>${escapeHtml(name)}: ${escapeHtml(conclusion)}</li>`);
  return `<article>
<h2>Workflow run: ${escapeHtml(title)}</h2>
<div class="body"><ol>${ended.join("")}</ol></div>
</article>`;
}

function renderTime(iso: string): string {
  const shown = iso.slice(0, 16).replace("T", " ");
  return `<time datetime="${escapeHtml(iso)}">${escapeHtml(shown)} UTC</time>`;
}
