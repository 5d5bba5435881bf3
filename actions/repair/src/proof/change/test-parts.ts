/** Folders of what tests read, and nothing else does. */
const TEST_DATA =
  /(?:^|\/)(?:__fixtures__|fixtures?|__mocks__|testdata|test[-_]?data|cassettes|test[-_]?resources|src\/test|stubs)\//i;

/** A file of the tests, whatever language it is in. */
const TEST_FOLDER = /(?:^|\/)(?:tests?|specs?|__tests__|__snapshots__|e2e)\//i;

/** Settings of tests alone, by their last name; those of one file for more are read. */
const TEST_SETTING =
  /^(?:conftest\.py|pytest\.ini|\.?coveragerc|(?:jest|vitest|playwright|cypress|karma|ava)[\w.-]*\.(?:config|setup|workspace)\.\w+|phpunit[\w.-]*\.xml(?:\.dist)?|\.rspec|(?:spec|rails|test)_helper\.rb|\.mocharc[\w.]*|xunit\.runner\.json|.*\.runsettings|(?:requirements|constraints)[-_.](?:dev|tests?|testing)[\w.-]*\.txt|(?:dev|tests?)[-_.]requirements\.txt)$/i;

/** Whether a file is data of tests, by its folder. Pure. */
export const isTestData = (path: string): boolean => TEST_DATA.test(path) || TEST_FOLDER.test(path);

/** Whether a change concerns nothing but how tests run. Pure. */
export function isTestSetting(path: string, base: string | undefined, patched: string | undefined): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (TEST_SETTING.test(name)) return true;
  if (name !== "package.json" && name !== "composer.json") return false;
  const [before, after] = [withoutTestParts(base), withoutTestParts(patched)];
  return before !== undefined && before === after;
}

/** Parts of a manifest that tests alone use. */
const TEST_PARTS: readonly string[] = ["devDependencies", "require-dev", "autoload-dev", "jest", "vitest"];

function withoutTestParts(text: string | undefined): string | undefined {
  try {
    const manifest: unknown = JSON.parse(text ?? "");
    if (typeof manifest !== "object" || manifest === null) return undefined;
    return JSON.stringify(Object.entries(manifest).filter(([name]) => !TEST_PARTS.includes(name)));
  } catch {
    return undefined;
  }
}
