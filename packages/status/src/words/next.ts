import { inertSentence } from "@patchpilot/evidence";
import type { Matter } from "../decide-turn.ts";
import type { Scene } from "../scene.ts";
import { reasonLeft } from "./attempt-reasons.ts";
import { adviseNeed } from "./needs.ts";
import { addressPull, linkPull, namePull } from "./pull.ts";
import { linkRecord } from "./record-link.ts";

const HOLD = "To stop PatchPilot here, set the label `patchpilot:hold`.";

const NEXT: Readonly<Record<Matter, string | ((scene: Scene) => string)>> = {
  queued: `nothing to do: the next run of \`dispatch\` hands it to an agent. ${HOLD}`,
  capped: "nothing to do: it continues as soon as there is room under the cap.",
  paused: adviseNeed("observe").next,
  repair: (scene) => `nothing to do until its pull request is here${seeRun(scene)}. ${HOLD}`,
  unpublished: (scene) =>
    `nothing to do: the next run of \`dispatch\` decides whether another attempt follows${seeRun(scene)}.`,
  retry: `nothing to do: the next run of \`dispatch\` opens another attempt. ${HOLD}`,
  "fix-elsewhere": "nothing to do: it is verified once that fix is live.",
  deploying: (scene) => sayNext(scene) ?? "deploy it. Counting begins when production has the fix.",
  watching: (scene) => `nothing to do${untilAnswer(scene)}.`,
  review: (scene) => reviewNext(scene),
  plan: (scene) =>
    `read ${linkOwn("plans", "the plan", scene)}, then set the label \`patchpilot:go-ahead\` to carry it out. To change it, comment \`/patchpilot amend\` and say what; to drop it, \`/patchpilot reject\` and say why.`,
  answer: (scene) =>
    `${scene.turn.attempt?.question === undefined ? `read ${linkOwn("attempts", "the question", scene)}, then comment` : "comment"} \`/patchpilot answer\` with your answer. To let the agent continue without one, set the label \`patchpilot:retry\`.`,
  report: (scene) =>
    `read ${linkRecord("the report", scene.incident.records.report, scene)}, then close the issue, or set the label \`patchpilot:retry\` for another report.`,
  publish: (scene) =>
    `to publish it anyway, set the label \`patchpilot:go-ahead\` and run the failed job of ${linkRun(scene) ?? "its run"} again.`,
  traffic: (scene) => sayNext(scene) ?? "check whether the app can be used.",
  deploy: (scene) => sayNext(scene) ?? "deploy the fix, or say which commit is live.",
  reopened: "set the label `patchpilot:retry` for one more attempt, or fix it by hand and close the issue.",
  decide: (scene) =>
    sayNext(scene) ?? (scene.turn.need === "lost" ? startNext(scene) : adviseNeed(scene.turn.need).next),
  held: "take the label off to let PatchPilot continue.",
  recovered: (scene) => recoveredNext(scene),
  done: "nothing to do. Reopen the issue if something is missing.",
  dismissed: "nothing to do. Reopen the issue to let PatchPilot continue.",
};

const linkOwn = (label: "plans" | "attempts", words: string, scene: Scene): string =>
  linkRecord(words, scene.incident.records[label].get(scene.turn.attempt?.attempt ?? 0), scene);

/** The next step, and who takes it. */
export function nextText(scene: Scene): string {
  const next = NEXT[scene.turn.matter];
  const text = typeof next === "string" ? next : next(scene);
  return `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`;
}

/** The newest verdict says itself what would change it. */
function sayNext({ turn: { recovery } }: Scene): string | undefined {
  return recovery?.next === undefined ? undefined : inertSentence(recovery.next);
}

function reviewNext(scene: Scene): string {
  const { attempt } = scene.turn;
  const address = addressPull(attempt, scene);
  const review =
    address === undefined
      ? "review its pull request"
      : `[review ${namePull(attempt, scene)}](${address}/files)`;
  // What PatchPilot leaves to people may not go back to the agent.
  if (reasonLeft(attempt) !== undefined) return `${review}, then merge it or close it.`;
  return `${review}, then merge it. *Request changes* sends it back to the agent; closing it ends the attempt.`;
}

/** Whether there is an answer then or you decide, the verdict says. */
const untilAnswer = ({ turn: { recovery }, at }: Scene): string =>
  recovery?.eta ? ` until ${at(recovery.eta)}` : "";

/** The workflow that no run began of. */
function startNext({ turn: { attempt }, home }: Scene): string {
  const written = /^https?:\/\/[\w.:/-]+\/([\w.-]+)$/.exec(attempt?.workflowUrl ?? "");
  const file = written?.[1] ?? "patchpilot-repair.yml";
  const address = written?.[0] ?? `${home}/blob/HEAD/.github/workflows/${file}`;
  return `check [\`${file}\`](${address}) and *Actions*, then set the label \`patchpilot:retry\`.`;
}

const seeRun = (scene: Scene): string => {
  const run = linkRun(scene);
  return run === undefined ? "" : ` (${run})`;
};

function linkRun({ turn: { attempt } }: Scene): string | undefined {
  const { runUrl } = attempt ?? {};
  return runUrl !== undefined && /^https?:\/\/[\w.:/-]+$/.test(runUrl) ? `[its run](${runUrl})` : undefined;
}

function recoveredNext(scene: Scene): string {
  const { turn, incident } = scene;
  const attempt = [...incident.records.attempts.values()].find(
    ({ data }) => data.attempt === turn.recovery?.attempt,
  );
  const fix = linkPull(attempt?.data, scene);
  const back = scene.accepted.performance === undefined ? "the error comes back" : "it is slow again";
  return `nothing to do. PatchPilot reopens it if ${back}.${fix === undefined ? "" : ` The fix is ${fix}.`}`;
}
