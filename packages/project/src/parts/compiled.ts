import type { BaseFolder } from "../base-files.ts";
import { makePart, type Part } from "../part.ts";

/** A project that one file shows, and whose tests fetch what they need. */
const fetching =
  (language: "Go" | "Swift", source: string, program: string, test: string) =>
  async ({ names, path: folder }: BaseFolder): Promise<Part | undefined> =>
    names.has(source)
      ? makePart({ folder, language, source, test, needs: [{ program }], fetches: true })
      : undefined;

export const findGo = fetching("Go", "go.mod", "go", "go test ./...");
export const findSwift = fetching("Swift", "Package.swift", "swift", "swift test");

/** A crate, or the root of a workspace, whose members are tested with it. */
export async function findRust(folder: BaseFolder): Promise<Part | undefined> {
  if (!folder.names.has("Cargo.toml")) return undefined;
  const isWorkspace = /^\[workspace\]/m.test((await folder.read("Cargo.toml")) ?? "");
  return makePart({
    folder: folder.path,
    language: "Rust",
    source: "Cargo.toml",
    test: isWorkspace ? "cargo test --workspace" : "cargo test",
    needs: [{ program: "cargo" }],
    fetches: true,
  });
}

/** A wrapper is run by `sh`: one that was committed on Windows is no program for the system. */
export async function findJava(folder: BaseFolder): Promise<Part | undefined> {
  const has = (name: string) => folder.names.has(name);
  const java = { program: "java" };
  const part = (source: string, test: string, needs: Part["needs"]) =>
    makePart({ folder: folder.path, language: "Java", source, test, needs, fetches: true });
  if (has("gradlew")) return part("gradlew", "sh ./gradlew test", [java]);
  if (has("mvnw")) return part("mvnw", "sh ./mvnw -B test", [java]);
  if (has("pom.xml")) return part("pom.xml", "mvn -B test", [java, { program: "mvn" }]);
  const gradle = ["build.gradle", "build.gradle.kts"].find(has);
  return gradle === undefined ? undefined : part(gradle, "gradle test", [java, { program: "gradle" }]);
}

export async function findDotnet(folder: BaseFolder): Promise<Part | undefined> {
  const named = (pattern: RegExp) => [...folder.names].filter((name) => pattern.test(name));
  const solution = named(/\.slnx?$/)[0];
  const projects = named(/\.(cs|fs|vb)proj$/);
  const source = solution ?? projects[0];
  if (source === undefined) return undefined;
  // Several in one folder: the tool takes none by itself.
  const target = (solution === undefined ? projects : named(/\.slnx?$/)).length > 1 ? ` '${source}'` : "";
  return makePart({
    folder: folder.path,
    language: ".NET",
    source,
    setup: `dotnet restore${target}`,
    test: `dotnet test${target}`,
    needs: [{ program: "dotnet" }],
    variables: { DOTNET_CLI_TELEMETRY_OPTOUT: "1", DOTNET_NOLOGO: "1" },
  });
}
