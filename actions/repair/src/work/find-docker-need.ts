import type { Vault } from "../patch/vault.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { type ProjectChecks, spellOutProjectCommands } from "../step/read-project-checks.ts";

/** A command that starts containers, where a shell would look for a command. */
const IN_A_COMMAND =
  /(?:^|[\s;&|(`"'])(docker|docker-compose|podman|podman-compose|nerdctl|testcontainers)(?=[\s;"']|$)/m;

/** Libraries and plugins that start containers for tests. */
const IN_A_MANIFEST =
  "testcontainers|dockertest|pytest-docker|docker-maven-plugin|docker-compose-rule|spring-boot-docker-compose";

const MANIFESTS = [
  ...["package.json", "go.mod", "Cargo.toml", "pom.xml", "*.gradle", "*.gradle.kts", "*.versions.toml"],
  ...["pyproject.toml", "setup.cfg", "Pipfile", "*requirements*.txt", "Gemfile", "composer.json"],
  ...["*.csproj", "Directory.Packages.props", "mix.exs", "build.sbt"],
];

/**
 * What to say before an agent is paid: that the base commit asks for Docker, where it cannot be reached.
 * @returns undefined: nothing that we know asks for it, or it can be reached
 */
export async function findDockerNeed(
  project: ProjectChecks,
  vault: Vault,
  sandbox: Sandbox["name"],
): Promise<string | undefined> {
  if (sandbox === "process" || sandbox === "none") return undefined;
  const need = (await namedInCommands(project)) ?? (await namedInManifests(vault));
  if (need === undefined) return undefined;
  return `The tests may need Docker, which cannot be reached from inside the sandbox: ${need}. Start what they need in the job and name its ports in \`services\`, or leave these tests out of \`test-command\`. With \`sandbox: process\` they reach Docker, and so does the agent, which can then do anything on the machine.`;
}

async function namedInCommands(project: ProjectChecks): Promise<string | undefined> {
  const all = await spellOutProjectCommands(project);
  const word = all.map((command) => IN_A_COMMAND.exec(command)?.[1]).find((each) => each !== undefined);
  return word === undefined ? undefined : `setup or tests call \`${word}\``;
}

/** Anywhere in the base commit: the tests of a part may be run from the top. */
async function namedInManifests(vault: Vault): Promise<string | undefined> {
  const paths = MANIFESTS.map((name) => `:(top,glob)**/${name}`);
  const args = ["grep", "-I", "-o", "-h", "-i", "-E", "-m", "1", IN_A_MANIFEST, vault.base, "--", ...paths];
  // Git answers with 1 where it finds nothing, and a missing object is no reason to stop here.
  const { code, output } = await vault.call("docker.index", args);
  return code === 0 ? `its manifests name \`${output.toString("utf8").split("\n", 1)[0]}\`` : undefined;
}
