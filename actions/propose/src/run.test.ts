import { createHash } from "node:crypto";
import type { ProposedPull } from "@patchpilot/github";
import type { HttpFailureKind } from "@patchpilot/http";
import { makeFailure } from "@patchpilot/http/testing";
import { attemptKey, readPlanSection } from "@patchpilot/incident";
import { makeRepairResult } from "@patchpilot/incident/testing";
import { nameAction } from "@patchpilot/owner";
import { AFTER_CHANGES, BEFORE_CHANGES, TOLD_PATHS } from "@patchpilot/project/testing";
import fc from "fast-check";
import { afterAll, expect, inject, test } from "vitest";
import type { ProposePorts } from "./ports.ts";
import { run } from "./run.ts";
import { asRead } from "./testing/as-read.ts";
import { CONTROL_WORDS } from "./testing/control-words.ts";
import {
  BRANCH,
  inputsFor,
  KEY,
  REPOSITORY_ID,
  scratchPorts,
  type Written,
  workingGate,
} from "./testing/scratch-ports.ts";
import {
  type ScratchFiles,
  type ScratchRepository,
  scratchRepository,
} from "./testing/scratch-repository.ts";
import { makeOrder } from "./testing/work-order.ts";

/** Repositories by their files, so that the tests of one base share one. */
const made = new Map<string, ScratchRepository>();
afterAll(() => {
  for (const repository of made.values()) repository.remove();
});

function repositoryWith(files: ScratchFiles): ScratchRepository {
  const name = JSON.stringify(files);
  const repository = made.get(name) ?? scratchRepository(files);
  made.set(name, repository);
  return repository;
}

const BEFORE: ScratchFiles = {
  "src/cart.js": "export const total = (items) => items.length * price;\n",
  "README.md": "# Shop\n",
};
const AFTER: ScratchFiles = { ...BEFORE, "src/cart.js": "export const total = (items) => items.length;\n" };

type Setup = {
  readonly before?: ScratchFiles;
  readonly after?: ScratchFiles;
  readonly patch?: (patch: Buffer) => Buffer;
  readonly given?: Record<string, string>;
  readonly ports?: Partial<ProposePorts>;
};

async function propose({
  before = BEFORE,
  after = AFTER,
  patch = (bytes) => bytes,
  given,
  ports,
}: Setup = {}) {
  const repository = repositoryWith(before);
  const work = repository.patchTo(after);
  const bytes = patch(work.patch);
  const connected = scratchPorts(repository, bytes, ports);
  const inputs = inputsFor(repository, createHash("sha256").update(bytes).digest("hex"), given);
  return { repository, connected, inputs, tree: work.tree, result: await run(inputs, connected) };
}

/** All that a run writes that publishes nothing. */
const ONLY_SHOWN = [{ what: "status", value: { news: { phase: "requeued" } } }];
const writtenAs = (written: readonly Written[], what: string) =>
  written.find((one) => one.what === what)?.value as Record<string, unknown>;

/** What git finds from the published commit on. */
function revisions(
  { repository, connected }: Pick<Awaited<ReturnType<typeof propose>>, "repository" | "connected">,
  ...suffixes: readonly string[]
): string[] {
  const { commit } = writtenAs(connected.written, "branch") as { commit: string };
  const args = ["rev-parse", ...suffixes.map((suffix) => commit + suffix)];
  return repository.git(args).toString().trim().split("\n");
}

test("a sound patch becomes a draft pull request from the attempt's branch", async () => {
  const { result, connected } = await propose();
  expect(writtenAs(connected.written, "pull request")).toMatchObject({
    branch: BRANCH,
    base: "main",
    draft: true,
  });
  expect(result.outputs).toMatchObject({ verdict: "proposed", pr: 31, issues: [12] });
});

test("the gate says publishing before anything else is written", async () => {
  const { connected } = await propose();
  expect(connected.written[0]).toEqual({
    what: "gate",
    value: { state: "publishing", run: "500", runAttempt: 1 },
  });
});

test("the published commit is the base with the patch and nothing else", async () => {
  const { repository, connected, tree } = await propose();
  expect(revisions({ repository, connected }, "^{tree}", "^")).toEqual([tree, repository.base]);
});

const endingOf = (reason: string, cause?: string) => [
  {
    name: "ending.json",
    content: { v: 1, key: KEY, reason: expect.stringContaining(reason), ...(cause ? { cause } : {}) },
  },
];
const refuse = (kind: HttpFailureKind, detail: string) => () =>
  Promise.reject(makeFailure(kind, { provider: "GitHub", detail }));

test.each<[string, Setup, string, string | undefined]>([
  [
    "a rule refuses it",
    { after: { ...AFTER, ".github/a.yml": "x\n" } },
    "belongs to git or GitHub",
    undefined,
  ],
  [
    "the repository lets no workflow open pull requests",
    {
      ports: {
        openPullRequest: refuse(
          "forbidden",
          "GitHub Actions is not permitted to create or approve pull requests.",
        ),
      },
    },
    "Settings → Actions → General",
    "setup",
  ],
  [
    "GitHub is down",
    { ports: { openPullRequest: refuse("server", "") } },
    "The patch is kept",
    "infrastructure",
  ],
  [
    "the gate does not move",
    { ports: { writeGate: async (_, { key }) => ({ key, state: "refused", message: "no" }) } },
    "rulesets for refs/patchpilot",
    "setup",
  ],
])(
  "where nothing is published because %s, the reason is left for the issue",
  async (_, setup, reason, cause) => {
    const left: unknown[] = [];
    const writeFile = async (name: string, text: string) =>
      void left.push({ name, content: JSON.parse(text) });
    await propose({ ...setup, ports: { ...setup.ports, writeFile } }).catch(() => undefined);
    expect(left).toEqual(endingOf(reason, cause));
  },
);

test("a pull request leaves no reason", async () => {
  expect((await propose()).connected.left).toEqual([]);
});

test("any change of plain files is published exactly", async () => {
  const name = fc.constantFrom("a", "b.dat", "c/d", "c/e.bin", "c/f/g", "näme with blank");
  const content = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(fc.constantFrom("one\n", "two\n", "\r\n", "three")).map((lines) => lines.join("")),
    fc.string({ maxLength: 20 }).map((program) => ({ program })),
  );
  const files = fc.dictionary(name, content, { maxKeys: 6, noNullPrototype: true });
  await fc.assert(
    fc.asyncProperty(files, files, async (before, after) => {
      const { connected, repository, tree, result } = await propose({ before, after });
      if (result.outputs.verdict === "refused") {
        expect(result.outputs.reasons).toEqual(["The patch is empty. (empty)"]);
      } else {
        expect(revisions({ repository, connected }, "^{tree}")).toEqual([tree]);
      }
    }),
    { numRuns: inject("gitDraws") },
  );
});

test("bytes other than the work job's are refused, and the issue says that nothing is published", async () => {
  const { result, connected } = await propose({ given: { "patch-sha256": "0".repeat(64) } });
  expect(result.failure).toContain("these are not the bytes that the work job made");
  expect(connected.written).toMatchObject(ONLY_SHOWN);
});

/** The attempt's pull request. */
const PULL: ProposedPull = {
  number: 31,
  url: "https://github.com/acme/shop/pull/31",
  state: "open",
  draft: true,
  mergeCommit: null,
  mergedAt: null,
  branch: BRANCH,
  headOid: "c".repeat(40),
};
/** Who else moved its branch. */
const TIP = { oid: "3".repeat(40), tree: "4".repeat(40), parents: ["5".repeat(40)] };

const endings: [string, string, Partial<ProposePorts>][] = [
  [
    "a closed gate",
    "superseded",
    { readGate: async () => gate({ state: "closed", outcome: "failed", at: "" }) },
  ],
  [
    "another run's gate",
    "superseded",
    { readGate: async () => gate({ state: "working", run: "9", runAttempt: 1 }) },
  ],
  [
    "a later attempt of this run",
    "superseded",
    { readGate: async () => gate({ state: "publishing", run: "500", runAttempt: 2 }) },
  ],
  ["a closed issue", "issue-closed", { readIssue: async () => ({ open: false, held: false }) }],
  ["an issue on hold", "held", { readIssue: async () => ({ open: true, held: true }) }],
  [
    "a pull request of the branch, though it is closed",
    "exists",
    {
      findPullRequest: async () => ({ ...PULL, state: "closed" }),
    },
  ],
];

test.each(endings)("%s ends the run green, as %s, and nothing is written", async (_, verdict, ports) => {
  const { result, connected } = await propose({ ports });
  expect(result).toMatchObject({ outputs: { verdict } });
  expect(result.failure).toBeUndefined();
  expect(connected.written).toEqual([]);
});

test("without a gate the run fails, because no claim was made", async () => {
  const { result, connected } = await propose({ ports: { readGate: async () => ({ state: "absent" }) } });
  expect(result.failure).toContain(`\`${nameAction("claim")}\` must be the first step`);
  expect(connected.written).toEqual([]);
});

test("a branch that is not the key's is refused, because dispatch would not find its pull request", async () => {
  const { result, connected } = await propose({ given: { branch: "patchpilot/12-a2" } });
  expect(result.failure).toContain("the branch of this key is patchpilot/12-a1");
  expect(connected.written).toMatchObject(ONLY_SHOWN);
});

test("a gate that is closed between the look and the move stops the run", async () => {
  const gates = [workingGate, gate({ state: "closed", outcome: "replaced", at: "" })];
  const { result, connected } = await propose({
    ports: {
      readGate: async () => gates.shift() ?? workingGate,
      writeGate: async (_, { key }) => ({ key, state: "refused", message: "not a fast-forward" }),
    },
  });
  expect(result.outputs.verdict).toBe("superseded");
  expect(connected.written).toEqual([]);
});

test("a lost reply to the move of the gate is settled by reading", async () => {
  const moved = gate({ state: "publishing", run: "500", runAttempt: 1 });
  const gates = [workingGate, moved];
  const { result } = await propose({
    ports: {
      readGate: async () => gates.shift() ?? moved,
      writeGate: async (_, { key }) => ({ key, state: "unknown", message: "no answer" }),
    },
  });
  expect(result.outputs.verdict).toBe("proposed");
});

test("lost replies to the move of the gate are not blamed on a permission", async () => {
  const { result, connected } = await propose({
    ports: { writeGate: async (_, { key }) => ({ key, state: "unknown", message: "no answer" }) },
  });
  expect(result.failure).toContain("replies about the gate were lost (no answer)");
  expect(result.failure).not.toContain("contents: write");
  expect(connected.written).toMatchObject(ONLY_SHOWN);
});

test("a second attempt of the run finds its gate already publishing and does not move it again", async () => {
  const publishing = gate({ state: "publishing", run: "500", runAttempt: 1 });
  const { connected } = await propose({ ports: { readGate: async () => publishing } });
  expect(connected.written.map(({ what }) => what).indexOf("gate")).toBeGreaterThan(
    connected.written.findIndex(({ what }) => what === "pull request"),
  );
});

test("the gate names the commit that was published, once it is", async () => {
  const { connected } = await propose();
  const { commit } = writtenAs(connected.written, "branch") as { commit: string };
  expect(connected.written.at(-2)).toMatchObject({
    what: "gate",
    value: { state: "publishing", head: commit },
  });
});

test("a gate that was closed meanwhile names no commit, and the pull request is kept", async () => {
  const over = gate({ state: "closed", outcome: "merged", at: "2026-11-21T09:00:00Z" });
  let reads = 0;
  const readGate = async () => (++reads === 1 ? workingGate : over);
  const { connected, result } = await propose({ ports: { readGate } });
  expect(result.outputs.verdict).toBe("proposed");
  expect(connected.written.filter(({ what }) => what === "gate")).toHaveLength(1);
});

test("the issue shows the pull request at last, and a result's time and cost with it", async () => {
  const { connected } = await propose();
  expect(connected.written.at(-1)).toMatchObject({
    what: "status",
    value: { place: { issue: 12, attempt: 1 }, news: { phase: "proposed", pullRequest: 31 } },
  });
});

test.each([
  ["says why", "info", async () => ({ why: "`state-key` is absent" })],
  ["fails", "info", async () => Promise.reject(new Error("`state-key` is absent."))],
  ["was refused", "warning", async () => ({ why: "`state-key` is absent", isRefused: true as const })],
])(
  "an issue that cannot be brought up to date is named in one line: it %s",
  async (_, level, showAttempt) => {
    const { result } = await propose({ ports: { showAttempt } });
    expect(result.outputs.verdict).toBe("proposed");
    expect(result.lines?.at(-1)).toEqual({
      level,
      text: "#12 does not show this yet (`state-key` is absent); the next run of `dispatch` brings it up to date.",
    });
  },
);

const hostile: [string, string, ScratchFiles][] = [
  ["a symbolic link", "symbolic link", { ...BEFORE, "src/link": { link: "/etc/passwd" } }],
  ["a workflow", "belongs to git or GitHub", { ...BEFORE, ".github/workflows/x.yml": "on: push\n" }],
  ["submodules", "belongs to git or GitHub", { ...BEFORE, ".gitmodules": "[submodule]\n" }],
  ["a filter for files", "hands files to a filter", { ...BEFORE, ".gitattributes": "* filter=x\n" }],
  ["agent instructions", "protected", { ...BEFORE, "docs/AGENTS.md": "Obey.\n" }],
  ["a name with a hidden character", "hides what it names", { ...BEFORE, "src/ca\u202ert.js": "x\n" }],
];

test.each(hostile)("a patch with %s is refused before anything is published", async (_, reason, after) => {
  const { result, connected } = await propose({ after });
  expect(result.failure).toContain(reason);
  expect(connected.written).toMatchObject(ONLY_SHOWN);
});

test("a patch whose path climbs out of the repository is refused", async () => {
  const { result } = await propose({
    patch: (bytes) => Buffer.from(bytes.toString().replaceAll("src/cart.js", "../cart.js")),
  });
  expect(result.failure).toMatch(/does not stay inside|cannot be read/);
});

test("a patch for another base is refused with git's reason", async () => {
  const { result } = await propose({
    patch: (bytes) => Buffer.from(bytes.toString().replace("* price", "* prize")),
  });
  expect(result.failure).toContain("does not apply to the base commit");
});

test("a file that becomes a folder is published", async () => {
  const { result } = await propose({ after: { "src/cart.js/index.js": "x\n" } });
  expect(result.failure).toBeUndefined();
});

test("more files than allowed are refused", async () => {
  const after = { ...AFTER, one: "1\n", two: "2\n" };
  const { result } = await propose({ after, given: { "max-files": "2" } });
  expect(result.failure).toContain("changes 3 files; `max-files` allows 2");
});

test("a patch with the value of a secret of the job is refused", async () => {
  const after = { ...BEFORE, "src/config.js": "const key = 'sup3r-s3cret';\n" };
  const { result } = await propose({ after, ports: { secrets: ["sup3r-s3cret"] } });
  expect(result.failure).toContain("contains the value of a secret");
});

test("text that is no patch is refused", async () => {
  const { result } = await propose({ patch: () => Buffer.from("rm -rf /\n") });
  expect(result.failure).toContain("The patch cannot be read");
});

test("a dry run says what it would do and writes nothing", async () => {
  const { result, connected } = await propose({ given: { "dry-run": "true" } });
  expect(result.outputs).toMatchObject({ verdict: "planned", issues: [] });
  expect(connected.written).toEqual([]);
});

test("the kill switch is obeyed before the patch is read", async () => {
  const readPatch = () => Promise.reject(new Error("read"));
  const { result } = await propose({ given: { stop: "1" }, ports: { readPatch } });
  expect(result.outputs.verdict).toBe("stopped");
});

test("a branch that holds other commits is left alone", async () => {
  const { result, connected } = await propose({
    ports: { readBranchTip: async () => TIP, createBranch: async () => "exists" },
  });
  expect(result.failure).toContain("nothing is pushed over anyone's work");
  expect(connected.written.map(({ what }) => what)).not.toContain("pull request");
});

test("a branch that a crash left behind with this very commit is taken up", async () => {
  const repository = repositoryWith(BEFORE);
  const { patch, tree } = repository.patchTo(AFTER);
  const readBranchTip = async () => ({ oid: "3".repeat(40), tree, parents: [repository.base] });
  const connected = scratchPorts(repository, patch, { readBranchTip, createBranch: async () => "exists" });
  const sha256 = createHash("sha256").update(patch).digest("hex");
  const result = await run(inputsFor(repository, sha256), connected);
  expect(result.outputs.verdict).toBe("proposed");
});

test("a pull request whose reply was lost is found, not opened again", async () => {
  const looks = [undefined, { ...PULL, number: 44 }];
  const { result } = await propose({
    ports: {
      findPullRequest: async () => looks.shift(),
      openPullRequest: () => Promise.reject(makeFailure("ambiguous")),
    },
  });
  expect(result.outputs).toMatchObject({ verdict: "proposed", pr: 44 });
});

test("a pull request that was not opened when its reply was lost is asked for once more", async () => {
  const replies = [makeFailure("ambiguous"), undefined];
  const { result } = await propose({
    ports: {
      openPullRequest: async ({ draft }) => {
        const failure = replies.shift();
        if (failure !== undefined) throw failure;
        return { number: 45, url: "https://github.com/acme/shop/pull/45", draft };
      },
    },
  });
  expect(result.outputs).toMatchObject({ verdict: "proposed", pr: 45 });
});

test("a pull request is not asked for a third time", async () => {
  let asked = 0;
  const openPullRequest = async () => {
    asked++;
    throw makeFailure("ambiguous");
  };
  await expect(propose({ ports: { openPullRequest } })).rejects.toThrow();
  expect(asked).toBe(2);
});

test("labels that cannot be set cost a warning, not the pull request", async () => {
  const { result } = await propose({
    given: { labels: "bug" },
    ports: { addLabels: () => Promise.reject(new Error("no")) },
  });
  expect(result.outputs.verdict).toBe("proposed");
  expect(result.lines.map(({ level }) => level)).toEqual(["info", "warning"]);
});

/** The event whose work order says more than the minimum. */
const orderWith = (...more: Parameters<typeof makeOrder>) => ({
  client_payload: { patchpilot: makeOrder(...more) },
});

test("the patch of an earlier attempt is refused, by its bytes", async () => {
  const patch = repositoryWith(BEFORE).patchTo(AFTER).patch;
  const patchSha256 = createHash("sha256").update(patch).digest("hex");
  const event = orderWith({ previousAttempts: [{ attempt: 3, outcome: "failed", patchSha256 }] });
  const { result } = await propose({ ports: { event } });
  expect(result.outputs.reasons).toEqual([
    "Attempt 3 made the same patch already; it did not help. (repeated)",
  ]);
});

test("the patch of an earlier attempt is refused, by its lines, whatever its blanks", async () => {
  const diff = repositoryWith(BEFORE)
    .patchTo(AFTER)
    .patch.toString()
    .replace("items.length;", "items.length ;");
  const event = orderWith({ previousAttempts: [{ attempt: 3, outcome: "failed", diff }] });
  const { result } = await propose({ ports: { event } });
  expect(result.outputs.findings).toMatchObject([{ rule: "repeated" }]);
});

test("another patch than the earlier attempts' is proposed", async () => {
  const diff = repositoryWith(BEFORE)
    .patchTo({ ...BEFORE, "README.md": "# Else\n" })
    .patch.toString();
  const event = orderWith({ previousAttempts: [{ attempt: 3, outcome: "failed", diff }] });
  const { result } = await propose({ ports: { event } });
  expect(result.outputs.verdict).toBe("proposed");
});

test("the patch of an earlier attempt's pull request is refused, by the trailers of its commit", async () => {
  const key = attemptKey(REPOSITORY_ID, 12, 2);
  const { connected } = await propose();
  const message = String(connected.written.find(({ what }) => what === "commit")?.value);
  const asked: string[] = [];
  const { result } = await propose({
    given: { key, branch: "patchpilot/12-a2" },
    ports: {
      readCommitMessages: async (branches) => {
        asked.push(...branches);
        return new Map([[BRANCH, [message]]]);
      },
    },
  });
  expect(result.outputs.findings).toMatchObject([{ rule: "repeated" }]);
  expect(asked).toEqual([BRANCH]);
});

const RESULT = makeRepairResult({
  result: "plan",
  reason: "A plan was asked for.",
  baseSha: "0".repeat(40),
  key: KEY,
  plan: { text: "1. Guard the cart, which fixes #1.\n```plan\n2. Test it.", sha256: "0".repeat(64) },
  summary: "Fixes SHOP-7 and closes #3, thanks @octocat",
  checks: [{ name: "test", command: "npm test", outcome: "passed", exitCode: 0, seconds: 3.2 }],
  turns: 7,
  seconds: 61,
});

/** Ports that hold a result file beside the patch. */
async function proposeWith(told: object, setup: Setup = {}) {
  const { patch } = repositoryWith(setup.before ?? BEFORE).patchTo(setup.after ?? AFTER);
  const readPatch = async (path: string) =>
    path === "result.json" ? Buffer.from(JSON.stringify(told)) : patch;
  return propose({
    ...setup,
    given: { ...setup.given, "result-file": "result.json" },
    ports: { ...setup.ports, readPatch },
  });
}

test("a plan is posted with the hash of what people read, and nothing else is written", async () => {
  const { result, connected } = await proposeWith(RESULT, { given: { patch: "", "patch-sha256": "" } });
  expect(connected.written.map(({ what }) => what)).toEqual(["gate", "plan"]);
  const { comment, plan } = writtenAs(connected.written, "plan") as {
    comment: string;
    plan: { sha256: string };
  };
  const text = readPlanSection(comment) ?? "";
  expect(text).toContain("1. Guard the cart");
  expect(plan).toEqual({ attempt: 1, key: KEY, sha256: createHash("sha256").update(text).digest("hex") });
  expect(comment).toContain("`patchpilot:go-ahead`");
  expect(comment).toContain("7 turns · 61 s");
  expect(result.outputs).toMatchObject({ verdict: "planned", pr: "" });
});

test("a dry run posts no plan", async () => {
  const given = { "dry-run": "true", patch: "", "patch-sha256": "" };
  const { result, connected } = await proposeWith(RESULT, { given });
  expect(result.outputs.reasons).toEqual(["`dry-run`: a plan would be posted on #12."]);
  expect(connected.written).toEqual([]);
});

test("a result file that calls a patch of the work job a plan is not believed", async () => {
  const { result } = await proposeWith(RESULT);
  expect(result.outputs.verdict).toBe("proposed");
});

test("a plan of another attempt is not posted", async () => {
  const { result, connected } = await proposeWith({ ...RESULT, key: attemptKey(REPOSITORY_ID, 12, 9) });
  expect(connected.written.map(({ what }) => what)).not.toContain("plan");
  expect(result.outputs.verdict).toBe("proposed");
});

test("without a patch and without a plan there is nothing to propose", async () => {
  const { result } = await propose({ given: { "patch-sha256": "" } });
  expect(result.outputs.reasons).toEqual([
    "There is no patch: pass `patch` and `patch-sha256` from the work job.",
  ]);
});

test("the pull request tells checks, turns and cost, and repeats no closing words of the agent", async () => {
  const { connected } = await proposeWith({ ...RESULT, result: "patch" });
  const body = String(writtenAs(connected.written, "pull request")["body"]);
  expect(asRead(body)).toContain("- `npm test` passed, 3 s");
  expect(body).toContain("7 turns · 61 s");
  expect(body).not.toMatch(/\b(fix(e[sd])?|close[sd]?|resolve[sd]?)[\s:]+(#\d|\w+-\d)|@octocat/i);
});

test("control words of production, agent and file names reach neither commit, branch nor pull request", async () => {
  const text = CONTROL_WORDS.map((word) => word.text).join("\n");
  const event = orderWith({}, { title: text, shortId: "SHOP-2T", release: text });
  const { connected } = await proposeWith(
    { ...RESULT, result: "patch", summary: text, recipe: text },
    {
      after: { ...AFTER, "docs/[skip ci].txt": "Skipped.\n" },
      ports: { event },
    },
  );
  const { branch, title, body } = writtenAs(connected.written, "pull request");
  const commit = connected.written.find(({ what }) => what === "commit")?.value;
  expect(title).toBe("Repair the error in src/cart.js (SHOP-2T, attempt 1)");
  const raw = [branch, title, body, commit].join("\n").replaceAll("Refs #12", "");
  const ours = /^(?:PatchPilot-Key|Patch-SHA256|Patch-Id): .*$/gm;
  expect(CONTROL_WORDS.filter(({ pattern }) => pattern.test(raw.replace(ours, "")))).toEqual([]);
});

test("the checks do not count where the patch changes how it is tested", async () => {
  const after = { ...AFTER, Makefile: "test:\n\ttrue\n" };
  const { connected } = await proposeWith({ ...RESULT, result: "patch" }, { after });
  const body = String(writtenAs(connected.written, "pull request")["body"]);
  expect(body).toContain("`changes-how-it-is-tested`");
  expect(body).toContain("The tests do not count as verification");
});

/** Paths that the pull request names as changing how it is tested. */
const toldPaths = ({ connected }: Awaited<ReturnType<typeof propose>>): string[] => {
  const body = asRead(String(writtenAs(connected.written, "pull request")["body"]));
  return Array.from(
    body.matchAll(/^- `changes-how-it-is-tested`: .* in `(.*)`$/gm),
    ([, path = ""]) => path,
  ).sort();
};

test("every change that verification puts back is named, and no other", async () => {
  const given = { "protected-paths": "secrets", "max-files": "300" };
  const proposed = await propose({ before: BEFORE_CHANGES, after: AFTER_CHANGES, given });
  expect(toldPaths(proposed)).toEqual(TOLD_PATHS);
});

const PROGRAM = "tools/all.sh";
const WITH_PROGRAM: ScratchFiles = { ...BEFORE, [PROGRAM]: "run\n" };
const CHANGED_PROGRAM: ScratchFiles = { ...AFTER, [PROGRAM]: "true\n" };

test.each<[string, ScratchFiles, Record<string, string>]>([
  ["the test command", {}, { "test-command": `sh ${PROGRAM}` }],
  ["the setup command", {}, { "setup-command": `./${PROGRAM}` }],
  [
    "the recipe's check",
    { ".patchpilot/recipes/careful/recipe.yml": `name: careful\ncheck: "sh ${PROGRAM}"\n` },
    { recipe: "careful" },
  ],
  ["a script of the base", { "package.json": `{"scripts":{"test":"sh ${PROGRAM}"}}` }, {}],
  ["a target of the base", { Makefile: `test: all\nall:\n\t${PROGRAM}\n` }, {}],
])("a program that %s names is named where the patch changes it", async (_, more, given) => {
  const setup = { before: { ...WITH_PROGRAM, ...more }, after: { ...CHANGED_PROGRAM, ...more }, given };
  expect(toldPaths(await propose(setup))).toEqual([PROGRAM]);
});

test("a program that no command names has no say in how it is tested", async () => {
  const more = { "package.json": '{"scripts":{"test":"vitest"}}' };
  const setup = { before: { ...WITH_PROGRAM, ...more }, after: { ...CHANGED_PROGRAM, ...more } };
  expect(toldPaths(await propose(setup))).toEqual([]);
});

test("beside the patched files nothing of the base is read unless the patch changes a program", async () => {
  const more = { "package.json": '{"scripts":{"test":"vitest"}}', "setup.cfg": "", "pytest.ini": "" };
  const readsOf = async (before: ScratchFiles, after: ScratchFiles) => {
    const repository = repositoryWith(before);
    const read: string[] = [];
    const readBlob = async (oid: string) => {
      read.push(oid);
      return repository.git(["cat-file", "blob", oid]);
    };
    await propose({ before, after, ports: { readBlob } });
    return read.length;
  };
  expect(await readsOf({ ...BEFORE, ...more }, { ...AFTER, ...more })).toBe(1);
  expect(await readsOf({ ...WITH_PROGRAM, ...more }, { ...CHANGED_PROGRAM, ...more })).toBe(4);
});

test("a result file that is none is said, and stops nothing", async () => {
  const { connected } = await proposeWith([]);
  expect(writtenAs(connected.written, "pull request")["body"]).toContain("The result file cannot be read.");
});

/** An attempt that answers a change request: the order names branch, pull request and commit. */
function goOn(
  change: { head?: string; state?: "open" | "closed"; moved?: boolean; tip?: object; draft?: boolean } = {},
) {
  const { base } = repositoryWith(BEFORE);
  const { branch } = PULL;
  const found = { ...PULL, state: change.state ?? PULL.state, draft: change.draft ?? true, headOid: base };
  const key = attemptKey(REPOSITORY_ID, 12, 2);
  const event = orderWith({ key, attempt: 2, branch, pullRequest: 31, expectedHead: change.head ?? base });
  return propose({
    given: { key, branch },
    ports: {
      event,
      findPullRequest: async () => found,
      ...(change.moved === false && {
        moveBranch: async () => ({ state: "refused" as const, type: "UNPROCESSABLE", message: "moved" }),
      }),
      ...(change.tip && { readBranchTip: async () => change.tip as never }),
    },
  });
}

test("an attempt that answers a review fast-forwards the branch and comments on the pull request", async () => {
  const { result, connected, repository } = await goOn();
  expect(writtenAs(connected.written, "move")).toMatchObject({
    branch: "patchpilot/12-a1",
    from: repository.base,
  });
  expect(connected.written.map(({ what }) => what)).not.toContain("pull request");
  expect(writtenAs(connected.written, "comment")["body"]).toContain("attempt 2");
  expect(writtenAs(connected.written, "comment")["body"]).toContain("Ready for review");
  expect(result.outputs).toMatchObject({ verdict: "proposed", pr: 31 });
});

test("a pull request that is ready already is not to be made ready", async () => {
  const { connected } = await goOn({ draft: false });
  expect(writtenAs(connected.written, "comment")["body"]).not.toContain("Ready for review");
});

test("a branch that moved since the review is left alone", async () => {
  const { result, connected } = await goOn({ moved: false, tip: TIP });
  expect(result.failure).toContain("nothing is pushed over anyone's work");
  expect(connected.written.map(({ what }) => what)).not.toContain("comment");
});

test("a patch that is not based on the reviewed commit is refused", async () => {
  const { result } = await goOn({ head: "9".repeat(40) });
  expect(result.failure).toContain("not based on the commit that was reviewed");
});

test("nothing is added to a pull request that was closed", async () => {
  const { result, connected } = await goOn({ state: "closed" });
  expect(result.outputs.verdict).toBe("exists");
  expect(connected.written).toEqual([]);
});

/** What `claim` hands on for an incident of another repository. */
const FOREIGN = {
  key: `pp-${REPOSITORY_ID + 1}-12-a1`,
  branch: `patchpilot/${REPOSITORY_ID + 1}-12-a1`,
  repository: "acme/incidents",
};

test("an incident of another repository is referred to by its full name", async () => {
  const { connected } = await propose({ given: FOREIGN });
  expect(writtenAs(connected.written, "pull request").body).toContain("Refs acme/incidents#12,");
});

test("an incident of another repository gets no branch that an issue of this one may have", async () => {
  const { result } = await propose({ given: { ...FOREIGN, branch: BRANCH } });
  expect(result.failure).toContain(`the branch of this key is ${FOREIGN.branch}`);
});

test("an incident of another repository that this job may not read does not stop it", async () => {
  const forbidden = makeFailure("not-found", { provider: "GitHub" });
  const { result } = await propose({
    given: FOREIGN,
    ports: { readIssue: () => Promise.reject(forbidden) },
  });
  expect(result.outputs.verdict).toBe("proposed");
});

test("an issue that is not among the selected ones is passed over", async () => {
  const { result } = await propose({ given: { issues: "[]" } });
  expect(result.outputs).toMatchObject({ verdict: "not-selected", count: 0 });
});

test("the commit names the attempt and the bytes that were checked", async () => {
  const { connected, inputs } = await propose();
  expect(connected.written.find(({ what }) => what === "commit")?.value).toContain(
    `PatchPilot-Key: ${KEY}\nPatch-SHA256: ${inputs["patch-sha256"]}`,
  );
});

function gate(fact: Extract<typeof workingGate, { state: "present" }>["fact"]) {
  return { state: "present" as const, oid: "1".repeat(40), fact };
}
