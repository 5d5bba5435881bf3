import type { PullView } from "../story/github-view.ts";
import type { RepairRun } from "../story/run-scenario.ts";
import { escapeHtml } from "./escape-html.ts";
import { filesId, runId } from "./page-links.ts";
import { renderFile } from "./render-diff.ts";
import { type PageContext, renderThread } from "./render-thread.ts";

/** What stands under a pull request's title: its branches and who was asked for a review. */
export function renderBranches({ head, base, reviewers, author, mergedBy }: PullView): string {
  const asked = reviewers.map((login) => `<b>${escapeHtml(login)}</b>`).join(", ");
  const deed = mergedBy === undefined ? "wants to merge" : "merged";
  return `<p class="quiet"><b>${escapeHtml(mergedBy ?? author)}</b> ${deed} <code>${escapeHtml(head)}</code> into <code>${escapeHtml(base)}</code>${
    asked === "" ? "" : ` · review requested from ${asked}`
  }</p>`;
}

/** Conversation, checks and files of a pull request. */
export function drawPull(pull: PullView, repairs: readonly RepairRun[], context: PageContext): string {
  const lines = pull.files.reduce(
    (sum, { additions, deletions }) => ({
      added: sum.added + additions,
      removed: sum.removed + deletions,
    }),
    { added: 0, removed: 0 },
  );
  return `${renderThread(pull, context)}
<h3>Checks</h3>
${renderChecks(pull, findRepair(pull, repairs))}
<h3 id="${filesId(pull.number)}">Files changed <span class="quiet">${pull.files.length} · <span class="added">+${lines.added}</span> <span class="removed">−${lines.removed}</span></span></h3>
${pull.files.map(renderFile).join("\n")}`;
}

function renderChecks({ checks }: PullView, repair: RepairRun | undefined): string {
  const shown = checks.map(
    ({ name, conclusion }) => `<li>${escapeHtml(name)}: ${escapeHtml(conclusion)}</li>`,
  );
  if (shown.length > 0) return `<ul>${shown.join("")}</ul>`;
  const own =
    repair === undefined
      ? ""
      : ` PatchPilot's own tests are in <a href="#${runId(repair.id)}">the run that repaired</a>.`;
  return `<p class="quiet">None. GitHub starts no workflow for a pull request that a workflow opens with its own token.${own}</p>`;
}

/** The run that worked on the same attempt as the pull request's branch, such as `1-a2`. */
function findRepair({ head }: PullView, repairs: readonly RepairRun[]): RepairRun | undefined {
  const attempt = /\b\d+-a\d+/.exec(head)?.[0];
  return repairs.find(({ title }) => attempt !== undefined && title.endsWith(`-${attempt}`));
}
