import type { BaseFolder } from "../base-files.ts";
import { installByNpm, makePart, NO_PLACES, type Part } from "../part.ts";
import { readJson } from "../read-json.ts";

/** Gems lie in the folder of tools: the machine's may not be written to. */
export async function findRuby(folder: BaseFolder): Promise<Part | undefined> {
  const { names } = folder;
  if (!names.has("Gemfile") && !names.has("gems.rb")) return undefined;
  const test = findRubyTest(names);
  if (test === undefined) return undefined;
  const place = folder.path === "" ? "gems" : `gems-${folder.path.replace(/\W+/g, "-")}`;
  return makePart({
    folder: folder.path,
    language: "Ruby",
    source: "Gemfile",
    setup: "bundle install",
    test,
    needs: [
      { program: "ruby" },
      {
        program: "bundle",
        install:
          'gem install bundler --no-document --install-dir "$PATCHPILOT_TOOLS/gem" --bindir "$PATCHPILOT_TOOLS/bin"',
      },
    ],
    places: { ...NO_PLACES, variables: { BUNDLE_PATH: place } },
    variables: { RAILS_ENV: "test" },
  });
}

function findRubyTest(names: ReadonlySet<string>): string | undefined {
  if (names.has("spec") || names.has(".rspec")) return "bundle exec rspec";
  if (!names.has("test")) return undefined;
  const isRails = names.has("config.ru") && names.has("bin");
  if (isRails) return "bundle exec rails test";
  return names.has("Rakefile") || names.has("rakefile")
    ? "bundle exec rake test"
    : `bundle exec ruby -Itest -Ilib -e 'Dir["./test/**/{test_*,*_test}.rb"].each { |file| require file }'`;
}

export async function findPhp(folder: BaseFolder): Promise<Part | undefined> {
  const { names } = folder;
  if (!names.has("composer.json")) return undefined;
  const { scripts } = readJson(await folder.read("composer.json"));
  const test =
    (scripts as Record<string, unknown> | undefined)?.["test"] !== undefined
      ? "composer test"
      : findPhpTest(names);
  if (test === undefined) return undefined;
  return makePart({
    folder: folder.path,
    language: "PHP",
    source: "composer.json",
    setup: "composer install --no-interaction",
    test,
    needs: [{ program: "php" }, { program: "composer" }],
  });
}

function findPhpTest(names: ReadonlySet<string>): string | undefined {
  if (names.has("artisan")) return "php artisan test";
  if (names.has("tests") && names.has("Pest.php")) return "vendor/bin/pest";
  return [...names].some((name) => /^phpunit(\.dist)?\.xml(\.dist)?$/.test(name))
    ? "vendor/bin/phpunit"
    : undefined;
}

export const findElixir = async (folder: BaseFolder): Promise<Part | undefined> =>
  folder.names.has("mix.exs")
    ? makePart({
        folder: folder.path,
        language: "Elixir",
        source: "mix.exs",
        setup: "mix local.hex --force && mix local.rebar --force && mix deps.get",
        test: "mix test",
        needs: [{ program: "mix" }],
        variables: { MIX_ENV: "test" },
      })
    : undefined;

export async function findDeno(folder: BaseFolder): Promise<Part | undefined> {
  const source = ["deno.json", "deno.jsonc"].find((name) => folder.names.has(name));
  if (source === undefined) return undefined;
  const hasTask = /"test"\s*:/.test((await folder.read(source)) ?? "");
  return makePart({
    folder: folder.path,
    language: "JavaScript",
    source,
    setup: `deno install${folder.holds("deno.lock") ? " --frozen" : ""}`,
    test: hasTask ? "deno task test" : "deno test --allow-all",
    needs: [{ program: "deno", install: installByNpm("deno") }],
    places: { ...NO_PLACES, variables: { DENO_DIR: "deno" } },
  });
}

export async function findDart(folder: BaseFolder): Promise<Part | undefined> {
  if (!folder.names.has("pubspec.yaml") || !folder.names.has("test")) return undefined;
  const isFlutter = /^\s+sdk:\s*flutter/m.test((await folder.read("pubspec.yaml")) ?? "");
  const program = isFlutter ? "flutter" : "dart";
  return makePart({
    folder: folder.path,
    language: "Dart",
    source: "pubspec.yaml",
    setup: `${program} pub get`,
    test: `${program} test`,
    needs: [{ program }],
    places: { ...NO_PLACES, variables: { PUB_CACHE: "pub" } },
  });
}
