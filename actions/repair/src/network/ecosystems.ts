/** Files by which an ecosystem is known, and the hosts that its tools ask if nothing says otherwise, all by https. */
export const ECOSYSTEMS: readonly { readonly files: RegExp; readonly hosts: readonly string[] }[] = [
  {
    files: /^(package\.json|deno\.jsonc?)$/,
    hosts: ["registry.npmjs.org", "registry.yarnpkg.com", "repo.yarnpkg.com"],
  },
  {
    files:
      /^(requirements.*\.txt|pyproject\.toml|setup\.(py|cfg)|Pipfile|pytest\.ini|conftest\.py|tox\.ini)$/,
    hosts: ["pypi.org", "files.pythonhosted.org"],
  },
  { files: /^go\.(mod|work)$/, hosts: ["proxy.golang.org", "sum.golang.org"] },
  { files: /^Cargo\.toml$/, hosts: ["index.crates.io", "static.crates.io"] },
  {
    files: /^(pom\.xml|.*\.gradle(\.kts)?|gradlew)$/,
    hosts: ["repo.maven.apache.org", "repo1.maven.org"],
  },
  {
    files: /^(.*\.gradle(\.kts)?|gradlew)$/,
    hosts: [
      ...["services.gradle.org", "downloads.gradle.org", "plugins.gradle.org"],
      ...["plugins-artifacts.gradle.org", "dl.google.com", "maven.google.com"],
    ],
  },
  { files: /^(Gemfile|.*\.gemspec)$/, hosts: ["rubygems.org", "index.rubygems.org"] },
  {
    files: /^composer\.json$/,
    hosts: ["repo.packagist.org", "packagist.org", "api.github.com", "codeload.github.com"],
  },
  { files: /^.*\.(csproj|fsproj|vbproj|slnx?)$/, hosts: ["api.nuget.org"] },
  { files: /^mix\.exs$/, hosts: ["repo.hex.pm", "hex.pm", "builds.hex.pm"] },
  { files: /^deno\.jsonc?$/, hosts: ["deno.land", "jsr.io", "npm.jsr.io", "esm.sh"] },
  { files: /^pubspec\.yaml$/, hosts: ["pub.dev", "pub.dartlang.org"] },
];
