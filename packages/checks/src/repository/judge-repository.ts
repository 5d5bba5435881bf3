import { countThings } from "@patchpilot/evidence";
import { type Answer, judgeRefusal } from "../asking.ts";
import { attention, type Check, type CheckSubject, fine, missing, unseen } from "../check.ts";
import { listNames } from "../words.ts";
import type { RepositoryFacts, RepositorySettings } from "./facts.ts";
import { judgeRepair } from "./judge-repair.ts";

const KEY: CheckSubject = { name: "Record key", settings: ["state-key"] };
const VISIBILITY: CheckSubject = { name: "Repository", settings: [] };
const ISSUES: CheckSubject = { name: "Permission `issues: write`", settings: [] };
const CONTENTS: CheckSubject = { name: "Permission `contents: write`", settings: [] };
const PULLS: CheckSubject = { name: "Permission `pull-requests: read`", settings: [] };
const ACTIONS: CheckSubject = { name: "Permission `actions: read`", settings: [] };
const OPTIONS: CheckSubject = { name: "Options", settings: [] };
const OPENING: CheckSubject = { name: "Opening pull requests", settings: [] };

/** The least length of a key that cannot be guessed, in characters: 128 bits in hexadecimal. */
const SHORTEST_KEY = 32;
const MAKE_KEY = "Make one: `openssl rand -hex 32 | gh secret set PATCHPILOT_STATE_KEY`.";

/** Judges the repository: records, permissions, the repair workflow. */
export function judgeRepository(settings: RepositorySettings, facts: RepositoryFacts): readonly Check[] {
  return [
    judgeKey(settings, facts),
    judgeVisibility(facts),
    judgeLabels(facts),
    judgeRefs(facts),
    permission(PULLS, "Pull requests", facts.pulls),
    permission(ACTIONS, "Workflows", facts.workflows),
    judgeRepair(settings, facts),
    judgeOptions(facts),
    unseen(
      OPENING,
      "the token of this job cannot read the setting.",
      "Tick Settings > Actions > General > Workflow permissions > Allow GitHub Actions to create and approve pull requests.",
    ),
  ];
}

function judgeKey({ "state-key": stateKey }: RepositorySettings, { records }: RepositoryFacts): Check {
  if (!stateKey)
    return missing(KEY, "Not set: records are not signed, so others could forge them.", MAKE_KEY);
  const keys = stateKey
    .split(",")
    .map((key) => key.trim())
    .filter(Boolean);
  if (keys.length === 0 || keys.some((key) => key.length < SHORTEST_KEY))
    return missing(KEY, `A key is shorter than ${SHORTEST_KEY} characters, so it can be guessed.`, MAKE_KEY);
  if (records.state === "refused") return judgeRefusal(KEY, records);
  const { believed, rejected } = records.value;
  if (rejected > 0)
    return missing(
      KEY,
      `It did not sign the records on ${countThings(rejected, "issue")}, so those are ignored.`,
      "Set the key that signed them. To change keys, set `new,old`.",
      records.asked,
    );
  const found =
    believed === 0
      ? "There is no record yet."
      : `It signed the records on ${countThings(believed, "issue")}.`;
  return fine(KEY, found, records.asked);
}

function judgeOptions({ options }: RepositoryFacts): Check {
  if (options.state === "refused") return judgeRefusal(OPTIONS, options);
  const found =
    options.value === undefined
      ? "`.github/patchpilot.yml` is not there, so every option has its default."
      : `\`.github/patchpilot.yml\` sets ${listNames(options.value) || "nothing"}.`;
  return fine(OPTIONS, found, options.asked);
}

/** Judges who may read what PatchPilot writes. */
export function judgeVisibility({ visibility }: Pick<RepositoryFacts, "visibility">): Check {
  if (visibility.state === "refused") return judgeRefusal(VISIBILITY, visibility);
  if (visibility.value !== "public") return fine(VISIBILITY, `It is ${visibility.value}.`, visibility.asked);
  return attention(
    VISIBILITY,
    "It is public.",
    "Everyone can read what PatchPilot writes on issues: error texts, file paths and user counts.",
    visibility.asked,
  );
}

function judgeLabels({ labels }: RepositoryFacts): Check {
  if (labels === undefined) return notTried(ISSUES);
  if (labels.state === "refused") return judgeRefusal(ISSUES, labels);
  const found = labels.value === 0 ? "The labels are there." : `Made ${countThings(labels.value, "label")}.`;
  return fine(ISSUES, found, labels.asked);
}

function judgeRefs({ refs }: RepositoryFacts): Check {
  if (refs === undefined) return notTried(CONTENTS);
  if (refs.state === "refused") return judgeRefusal(CONTENTS, refs);
  if (refs.value === undefined) return fine(CONTENTS, "A ref was made and deleted.", refs.asked);
  return missing(
    CONTENTS,
    `GitHub refuses a ref under \`refs/patchpilot/\`: ${listNames([refs.value])}.`,
    "Add `contents: write` to the job's `permissions:`, and exempt `refs/patchpilot/**` from your rulesets.",
    refs.asked,
  );
}

const notTried = (subject: CheckSubject): Check =>
  unseen(subject, "`stop` is set, so nothing is tried that writes.");

function permission(subject: CheckSubject, what: string, answer: Answer<unknown>): Check {
  return answer.state === "refused"
    ? judgeRefusal(subject, answer)
    : fine(subject, `${what} can be read.`, answer.asked);
}
