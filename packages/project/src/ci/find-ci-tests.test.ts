import { describe, expect, test } from "vitest";
import { readProjectModel } from "../project-model.ts";
import { baseFiles } from "../testing/base-files.ts";

type Files = Readonly<Record<string, string>>;

/** The commands of a repository with one workflow, by language, as `setup | test`. */
async function read(workflow: string, files: Files) {
  const model = await readProjectModel(baseFiles({ ".github/workflows/ci.yml": workflow, ...files }));
  const commands = model.parts.map(
    ({ folder, setup, test: command }) =>
      `${folder || "."}: ${setup?.replaceAll("\n", " ; ")} | ${command?.replaceAll("\n", " ; ")}`,
  );
  return { ...model, commands };
}

const job = (id: string, steps: readonly string[], more = "") =>
  `  ${id}:\n    runs-on: ubuntu-latest\n${more}    steps:\n${steps.map((step) => `      - ${step}\n`).join("")}`;
const workflow = (...jobs: string[]) => `name: CI\non: [push, pull_request]\njobs:\n${jobs.join("")}`;
const JS: Files = {
  "package.json": '{"scripts":{"test":"vitest","test:unit":"vitest run"}}',
  "pnpm-lock.yaml": "x",
};

/** Small workflows in the manner of public projects, each with what its CI does to test. */
const PUBLIC: readonly (readonly [string, string, Files, readonly string[]])[] = [
  [
    "tox in a matrix of entries",
    workflow(
      job(
        "tests",
        ["run: pip install tox", "run: tox run -e ${{ matrix.tox }}"],
        "    strategy: {matrix: {include: [{os: windows-latest, tox: py313}, {os: ubuntu-latest, tox: py312}]}}\n",
      ),
    ),
    { "pyproject.toml": "[build-system]\n[project]\nname = 'a'\n[tool.pytest.ini_options]\n" },
    [".: python -m pip install -e . pytest ; tox run -e py --notest | tox run -e py --skip-pkg-install"],
  ],
  [
    "a matrix of flags whose first is none",
    workflow(
      job(
        "test",
        ["run: make test"],
        "    strategy: {matrix: {tags: ['', '-race']}}\n    env: {TESTTAGS: \"${{ matrix.tags }}\"}\n",
      ),
    ),
    { "go.mod": "", Makefile: "test:\n\tgo test $(TESTTAGS) ./...\n" },
    [".: undefined | make test"],
  ],
  [
    "cargo by an action, in a matrix of toolchains",
    workflow(
      job("check", ["uses: actions-rs/cargo@v1\n        with: {command: clippy}"]),
      job(
        "test-versions",
        ["uses: actions-rs/cargo@v1\n        with: {command: test, args: --all-features}"],
        "    strategy: {matrix: {rust: [stable, beta, 1.40.0]}}\n",
      ),
    ),
    { "Cargo.toml": "" },
    [".: undefined | cargo test --all-features"],
  ],
  [
    "scripts of the project's own, of which `check` looks at code alone",
    workflow(job("tests", ["run: scripts/install", "run: scripts/check", "run: scripts/test"])),
    {
      "requirements.txt": "pytest\n",
      "scripts/install": "pip install -r requirements.txt\n",
      "scripts/check": "ruff check\n",
      "scripts/test": "${PREFIX}coverage run -m pytest\n",
    },
    [".: python -m pip install -r requirements.txt pytest ; scripts/install | scripts/test"],
  ],
  [
    "gems that an action installs",
    workflow(
      job("test", ["uses: ruby/setup-ruby@v1\n        with: {bundler-cache: true}", "run: bundle exec rake"]),
    ),
    { Gemfile: "", "spec/a_spec.rb": "" },
    [".: bundle install | bundle exec rake"],
  ],
  [
    "the lowest versions beside the usual ones",
    workflow(
      job("build-lowest-version", ["run: composer update --prefer-lowest", "run: make test"]),
      job("build", ["run: composer update", "run: make test"]),
    ),
    { "composer.json": "{}", "phpunit.xml.dist": "", Makefile: "test:\n\tvendor/bin/phpunit\n" },
    [".: composer update | make test"],
  ],
  [
    "assets in their own folder",
    workflow(
      job(
        "mix_test",
        [
          "run: mix deps.get --only test",
          "run: mix compile --warnings-as-errors\n        if: ${{ matrix.lint }}",
          "run: mix test",
        ],
        "    strategy: {matrix: {include: [{elixir: 1.16.0}]}}\n",
      ),
      job("npm_test", ["run: |\n          cd assets\n          npm install\n          npm test"]),
    ),
    { "mix.exs": "", "assets/package.json": '{"scripts":{"test":"jest"}}' },
    [".: mix deps.get --only test | mix test", "assets: npm install | npm test"],
  ],
  [
    "bun beside other runtimes",
    workflow(
      job("main", ["run: bun install", "run: bun run lint", "run: bun run build", "run: bun run test"]),
      job("fastly", ["run: bun install", "run: bun run test:fastly"]),
    ),
    { "package.json": '{"scripts":{"test":"vitest","test:fastly":"vitest fastly"}}', "bun.lock": "x" },
    [".: bun install ; bun run build | bun run test"],
  ],
  [
    "maven's wrapper",
    workflow(job("build", ["run: ./mvnw -B verify"])),
    { mvnw: "x", "pom.xml": "" },
    [".: undefined | ./mvnw -B verify"],
  ],
  [
    "checks that leave the tests out",
    workflow(
      job("check", ["run: ./gradlew check -x test"]),
      job("jdk", ["run: ./gradlew test -Dversion=11"]),
    ),
    { gradlew: "x", "build.gradle": "" },
    [".: undefined | ./gradlew test -Dversion=11"],
  ],
  [
    "Rails with databases",
    workflow(
      job(
        "test",
        ["run: |\n          bin/rails db:setup", "run: bin/flatware rspec"],
        "    services: {postgres: {image: postgres, ports: ['5432:5432']}}\n",
      ),
      job("test-e2e", ["run: bin/rspec spec/system"]),
    ),
    { Gemfile: "", "spec/a_spec.rb": "", "config.ru": "" },
    [".: bundle install ; bin/rails db:setup | bin/flatware rspec"],
  ],
  [
    "uv for a requirements file",
    workflow(
      job("test", [
        "run: uv pip install -r requirements-tests.txt",
        "run: mkdir coverage",
        "run: bash scripts/test.sh",
      ]),
    ),
    { "requirements-tests.txt": "pytest\n", "scripts/test.sh": "coverage run -m pytest tests\n" },
    [".: uv pip install -r requirements-tests.txt ; mkdir coverage | bash scripts/test.sh"],
  ],
  [
    "several scripts of one job",
    workflow(
      job("test", [
        "run: pnpm install",
        "run: pnpm run build",
        "run: pnpm run test:unit",
        "run: pnpm test",
        "run: npx codecov",
      ]),
    ),
    JS,
    [".: pnpm install ; pnpm run build | pnpm run test:unit ; pnpm test"],
  ],
  [
    "a program that only an action brings",
    workflow(job("unit-test", ["run: vp install --frozen-lockfile", "run: vp exec pnpm run test:unit"])),
    JS,
    [".: pnpm install --frozen-lockfile | pnpm test"],
  ],
  [
    "tests that several machines share",
    workflow(
      job(
        "test",
        ["run: pnpm install", "run: pnpm test --shard=${{ matrix.shard }}/2"],
        "    strategy: {matrix: {shard: [1, 2]}}\n",
      ),
    ),
    JS,
    [".: pnpm install --frozen-lockfile | pnpm test"],
  ],
];

test.each(PUBLIC)("CI's own commands are taken: %s", async (_, text, files, expected) => {
  expect((await read(text, files)).commands).toEqual(expected);
});

describe("of a job's variables", () => {
  const env =
    '    env: {TZ: UTC, KEY: "${{ secrets.KEY }}", PATH: /x, GITHUB_X: a, NODE: "${{ matrix.node }}"}\n    strategy: {matrix: {node: [18, 22, 20]}}\n';

  test("plain ones are taken, and neither secrets nor what the sandbox decides", async () => {
    const { parts } = await read(workflow(job("test", ["run: pnpm test"], env)), JS);
    expect(parts[0]?.variables).toMatchObject({ TZ: "UTC", NODE: "22" });
    expect(Object.keys(parts[0]?.variables ?? {})).not.toEqual(expect.arrayContaining(["KEY"]));
    expect(
      Object.keys(parts[0]?.variables ?? {}).filter((name) => /^(PATH|GITHUB_X|KEY)$/.test(name)),
    ).toEqual([]);
  });

  test("a step that holds a secret is not run", async () => {
    const text = workflow(job("test", ["run: pnpm test --token=${{ secrets.KEY }}"]));
    expect((await read(text, JS)).commands).toEqual([".: pnpm install --frozen-lockfile | pnpm test"]);
  });
});

test("where two jobs are as likely, the first is taken and a sentence says so", async () => {
  const text = workflow(job("test-a", ["run: pnpm test"]), job("test-b", ["run: pnpm run test:unit"]));
  const { commands, remarks } = await read(text, JS);
  expect(commands).toEqual([".: pnpm install --frozen-lockfile | pnpm test"]);
  expect(remarks).toEqual([
    "Several jobs of CI test JavaScript: `test-a`, `test-b`. `test-a` in .github/workflows/ci.yml is taken; name another command in `test-command`.",
  ]);
});

test("a job that runs at night alone is none of the tests", async () => {
  const text = workflow(job("test", ["run: pnpm run test:unit"])).replace(
    "[push, pull_request]",
    "{schedule: []}",
  );
  expect((await read(text, JS)).commands).toEqual([".: pnpm install --frozen-lockfile | pnpm test"]);
});

test.each(["- a\n- b", "jobs: [", "jobs:\n  a:\n    steps: {run: npm test}", ""])(
  "a workflow that is none says nothing: %j",
  async (text) => {
    expect((await read(text, JS)).commands).toEqual([".: pnpm install --frozen-lockfile | pnpm test"]);
  },
);

test("toolchains, services, tags and packages of the system are reported", async () => {
  const steps = [
    "uses: actions/checkout@v4\n        with: {fetch-depth: 0}",
    "uses: actions/setup-node@v4\n        with: {node-version: 22}",
    "run: sudo apt-get install -y libpq-dev",
    "run: pnpm test",
  ];
  const model = await read(
    workflow(job("test", steps, "    services: {db: {image: postgres, ports: ['5432:5432']}}\n")),
    JS,
  );
  expect(model.toolchains).toEqual([
    {
      program: "node",
      version: "22",
      source: ".github/workflows/ci.yml, job test",
      action: "actions/setup-node@v4",
    },
  ]);
  expect(model.services).toEqual([{ name: "db", image: "postgres", ports: [5432] }]);
  expect(model.needsHistory).toContain("the job `test` in .github/workflows/ci.yml");
  expect(model.remarks[0]).toContain("CI runs `sudo apt-get install -y libpq-dev` before its tests");
});
