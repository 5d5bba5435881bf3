import { expect, test } from "vitest";
import { instrument } from "./instrument.ts";
import { selectTests } from "./select-tests.ts";
import type { TestFacts } from "./test-facts.ts";

const factsOf = (command: string, script?: string): TestFacts => ({
  spelledOut: [command, ...(script === undefined ? [] : [script])],
  manifest: script === undefined ? undefined : JSON.stringify({ scripts: { test: script } }),
  folder: "/tmp/r",
});

const VITEST = "--reporter=default --reporter=json --outputFile.json=/tmp/r/vitest.json";
const PYTEST = `export PYTEST_ADDOPTS="\${PYTEST_ADDOPTS-} --junitxml=/tmp/r/pytest.xml -o junit_family=xunit1"\n`;

test.each<[string, string | undefined, string, string]>([
  ["npm test", "vitest run", "vitest", `npm test -- ${VITEST}`],
  ["npm test", "tsc --noEmit && vitest run", "vitest", `npm test -- ${VITEST}`],
  ["pnpm test", "cross-env TZ=UTC vitest run --coverage", "vitest", `pnpm test ${VITEST}`],
  ["npx vitest run src", undefined, "vitest", `npx vitest run src ${VITEST}`],
  ["npm test -- a.test.ts", "vitest run", "vitest", `npm test -- a.test.ts ${VITEST}`],
  [
    "npm test -- 'app/(shop)/a b.test.ts'",
    "vitest",
    "vitest",
    `npm test -- 'app/(shop)/a b.test.ts' ${VITEST}`,
  ],
  ["npm run test a.test.ts", "vitest", "vitest", `npm run test a.test.ts -- ${VITEST}`],
  ["pnpm test a.test.ts", "vitest run", "vitest", `pnpm test a.test.ts ${VITEST}`],
  ["yarn test a.test.js", "jest", "jest", "yarn test a.test.js --json --outputFile=/tmp/r/jest.json"],
  ["npm test -- a.js", "jest --ci", "jest", "npm test -- a.js --json --outputFile=/tmp/r/jest.json"],
  ["yarn test", "jest --ci", "jest", "yarn test --json --outputFile=/tmp/r/jest.json"],
  ["python -m pytest -q", undefined, "pytest", `${PYTEST}python -m pytest -q`],
  ["make test && pytest", undefined, "pytest", `${PYTEST}make test && pytest`],
  ["python3 -m unittest", undefined, "unittest", "python3 -m unittest -v"],
  ["uv run python -m unittest", undefined, "unittest", "uv run python -m unittest -v"],
  ["coverage run -m unittest -v", undefined, "unittest", "coverage run -m unittest -v"],
  ["python manage.py test -v 1", undefined, "unittest", "python manage.py test -v 1 --verbosity=2"],
  ["./manage.py test --verbosity=3", undefined, "unittest", "./manage.py test --verbosity=3"],
  [
    "go vet ./... && CGO_ENABLED=1 go test ./...",
    undefined,
    "go",
    "go vet ./... && CGO_ENABLED=1 go test -json ./...",
  ],
  ["cargo test --workspace", undefined, "cargo", "cargo test --workspace"],
  ["mvn -B test", undefined, "junit", "mvn -B test"],
  ["./gradlew test", undefined, "junit", "./gradlew test"],
  ["vendor/bin/phpunit", undefined, "junit", "vendor/bin/phpunit --log-junit=/tmp/r/phpunit.xml"],
])("%s, with the script %s, is read as %s", (command, script, format, made) => {
  expect(instrument(command, factsOf(command, script))).toMatchObject({ command: made, format });
});

test.each<[string, string | undefined, string]>([
  ["npm test", "vitest run | tee log", "exit-code"],
  ["npm test", "vitest run --reporter=junit", "exit-code"],
  ["npm test", "vitest run; echo done", "exit-code"],
  ["npm test", "node --test --test-reporter=spec", "exit-code"],
  ["npm test -- --reporter=junit", "vitest run", "exit-code"],
  ["npm test -- a.test.ts | tee log", "vitest run", "exit-code"],
  ["npm test -- a.test.ts && echo done", "vitest run", "exit-code"],
  ["npm test --workspace=shop", "vitest run", "exit-code"],
  ["pnpm test -- a.test.ts", "vitest run", "exit-code"],
  ["npm test", "vitest list", "exit-code"],
  ["npm test", "echo 'no && vitest run'", "exit-code"],
  ["npm test", "sh check.sh", "exit-code"],
  ["go test ./... | tee log", undefined, "go-text"],
  ["go test $(go list ./...)", undefined, "go-text"],
  ["pytest --junitxml=own.xml", undefined, "pytest"],
  ["python -m unittest 2>&1 | tee log", undefined, "unittest"],
  ["sh -c 'python -m unittest'", undefined, "unittest"],
  ["sh check.sh", undefined, "exit-code"],
])("%s, with the script %s, is left as it is", (command, script, format) => {
  expect(instrument(command, factsOf(command, script))).toEqual({ command, format });
});

test("node's own tests report by a variable that this node is asked for first", () => {
  const { command, format } = instrument("npm test", factsOf("npm test", "node --test"));
  expect(format).toBe("tap");
  expect(command).toMatch(/^if NODE_OPTIONS=.* node -e 0 .*; then export NODE_OPTIONS=.*; fi\nnpm test$/);
});

const red = (id: string, file?: string) => ({ id, name: id, file, outcome: "failed" as const });

test.each<[string, string | undefined, ReturnType<typeof red>, string | undefined]>([
  [
    "python -m pytest -q",
    undefined,
    red("tests/t.py::test_a[x y]"),
    "python -m pytest -q 'tests/t.py::test_a[x y]'",
  ],
  ["pytest tests", undefined, red("tests/t.py::test_a"), undefined],
  ["python3 -m unittest -b", undefined, red("tests.t.A.test_a"), "python3 -m unittest -b tests.t.A.test_a"],
  ["python -m unittest discover -s tests", undefined, red("t.A.test_a"), undefined],
  [
    "python manage.py test --noinput",
    undefined,
    red("shop.tests.A.test_a"),
    "python manage.py test --noinput shop.tests.A.test_a",
  ],
  ["python manage.py test shop", undefined, red("shop.tests.A.test_a"), undefined],
  ["go test ./...", undefined, red("example.com/shop TestA/b"), "go test -run '^(TestA)$' example.com/shop"],
  ["cargo test", undefined, red("tests::a"), "cargo test -- --exact tests::a"],
  ["npm test", "vitest run", red("a.test.ts > a", "a.test.ts"), "npm test -- a.test.ts"],
  ["npm test", "node --test test/", red("a", "a.test.js"), undefined],
  [
    "mvn -B test",
    undefined,
    red("shop.CartTest#total(int)[1]"),
    "mvn -B test '-Dtest=shop.CartTest#total' -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false",
  ],
  ["npm test", "sh check.sh", red("a"), undefined],
  ["python -m pytest", undefined, red("--co"), undefined],
])(
  "of %s, with the script %s, a test is run alone where its runner is known",
  (command, script, chosen, made) => {
    expect(selectTests(command, factsOf(command, script), { cases: [chosen] })).toBe(made);
  },
);

test.each([
  ["npm test", "vitest run"],
  ["yarn test", "vitest"],
  ["pnpm run test", "jest --ci"],
  ["npx jest", undefined],
])("of %s, with the script %s, what runs one file is read as all is", (command, script) => {
  const facts = factsOf(command, script);
  const chosen = selectTests(command, facts, { files: ["app/(shop)/it's/a.test.ts", "b.test.ts"] }) ?? "";
  expect(instrument(chosen, facts).format).toBe(instrument(command, facts).format);
});
