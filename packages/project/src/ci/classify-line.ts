import { runsTests } from "../runners.ts";

/** What a line of a script is for. */
export type LineKind =
  /** Runs tests. */
  | "test"
  /** Installs or builds what tests need, with the project's own means. */
  | "setup"
  /** Brings a tool that our own folder of tools has instead. */
  | "tool"
  /** Needs the machine or its administrator: packages of the system, containers, files of the runner. */
  | "system"
  /** Looks at code without running it, tells others, or publishes. */
  | "aside";

const TOOL =
  /^(sudo )?(corepack (enable|prepare|install|use)|npm (i|install) (-g|--global|--location=global)|npm (i|install) \S+ -g\b|(python3? -m )?pip3? install (-q |--quiet )*(-U |--upgrade )*(pip|setuptools|wheel|uv|poetry|pipenv|pdm|hatch|virtualenv|tox\S*|nox\S*|pipx|build)( (pip|setuptools|wheel|uv|poetry|pipenv|pdm|hatch|virtualenv|tox\S*|nox\S*|build))*\s*$|pipx (install|ensurepath)|pip3? install [^|&;]*\b(tox|nox)\b|curl .*\|\s*(ba|z)?sh|poetry (config|self)|yarn (set version|config)|pnpm config|npm config|bundle config|gem install bundler|rustup |nvm |fnm |pyenv |asdf |mise |source |\. |python3? -m venv|virtualenv |uv (venv|python)|composer (self-update|config)|dotnet tool install (-g|--global)|go env\b|cargo install |cargo binstall )/;

const SYSTEM =
  /^(sudo\b|apt(-get)?\b|apk |brew |choco |yum |dnf |docker\b|docker-compose\b|podman\b|systemctl |service |pg_ctl|mysqladmin|createdb|psql )|>>\s*"?\$\{?GITHUB_(ENV|PATH|OUTPUT|STEP_SUMMARY)|^echo ::/;

const SETUP =
  /^(npm (ci|i|install|rebuild|run (build|compile|prepare|codegen|generate|setup|bootstrap)\S*|exec)|pnpm (i|install|(run )?(build|compile|codegen|generate|-r build|-r run build))\b|yarn( install| --|$| (run )?(build|compile|codegen|generate)\S*| workspaces focus)|bun (i|install|run build)|npx (playwright install|prisma (generate|migrate|db push)|lerna bootstrap|turbo (run )?build)|(python3? -m )?pip3? install|uv (sync|pip install)|poetry install|pipenv (install|sync)|pdm (install|sync)|hatch env|conda |python3? setup\.py (develop|install|build)|python3? manage\.py (migrate|collectstatic|compilemessages)|bundle (install|check|exec (rails|rake) (db:|assets:|webpacker)\S*)|bundle$|(bin\/)?(rails|rake|setup) ?(db:|assets:)?\S*|composer (install|update|require)|go (mod (download|vendor|tidy)|get|build|generate|install|vet)|cargo (fetch|build|check)|dotnet (restore|build)|(sh )?(\.\/)?(gradlew?|mvnw?) |mix (deps|local|compile|ecto)\S*|deno (install|cache)|(dart|flutter) pub get|swift (build|package)|cmake |make( (build|all|deps|install|setup|bootstrap|generate|compile|dependencies|init|dev|develop|bin|libs?)\S*)*$|chmod |cp |mkdir |mv |touch |ln |export \w+=|cd |pushd |popd|(\.\/)?(scripts?|bin|ci)\/(setup|bootstrap|install|build)\S*)/;

/** Programs that a machine may have or that can be brought to it; a command of another one could not be run here. */
const KNOWN =
  /^(npm|npx|pnpm|pnpx|yarn|bunx?|node|deno|tsx|vitest|jest|mocha|python3?|pytest|py\.test|pip3?|uvx?|poetry|pipenv|pdm|rye|tox|nox|hatch|coverage|conda|make|gmake|just|task|invoke|inv|go|gotestsum|cargo|mvn|gradle|sbt|bundle|rspec|rails|rake|ruby|composer|php|dotnet|mix|swift|dart|flutter|melos|cmake|ctest|meson|ninja|cabal|stack|lein|prove|perl|rebar3|zig|forge|bazel(isk)?|sh|bash|env|time|xvfb-run|chmod|cp|mkdir|mv|touch|ln|export|pushd|popd|if|for|while|set|(\.{0,2}\/|\w[\w.-]*\/)\S+)(\s|$)/;

/** What a line of a script of CI is for; by its first words, and by name alone. */
export function classifyLine(line: string): LineKind {
  const bare = line
    .trim()
    .replace(/^(set [-+]\w+\s*(;|&&)?\s*|(\w+=("[^"]*"|'[^']*'|[^\s"']*)\s+)+)/, "")
    .replace(/^time /, "");
  if (SYSTEM.test(bare)) return "system";
  if (TOOL.test(bare)) return "tool";
  if (isHelperOfTests(bare) || !KNOWN.test(bare)) return "aside";
  if (runsTests(line)) return "test";
  return SETUP.test(bare) ? "setup" : "aside";
}

/** What names tests without being them: what counts, uploads or looks at code. */
const isHelperOfTests = (line: string): boolean =>
  /^(echo|printf|#|codecov|coveralls|bash <\(curl|npx codecov|coverage (report|xml|html|combine)|ls\b|cat\b|which\b|git\b)/.test(
    line,
  ) ||
  /\b(lint|eslint|prettier|tsc|typecheck|type-check|mypy|ruff|flake8|black|isort|clippy|rubocop|fmt|format|playwright test|cypress run|e2e|bench(mark)?s?)\b/.test(
    line.replace(/\b(and|&&).*$/, ""),
  );
