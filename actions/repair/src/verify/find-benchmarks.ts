import type { Vault } from "../patch/vault.ts";

/** Files of benchmarks by their path, in the layouts of criterion, vitest, airspeed velocity, JMH and others. */
const BENCHMARK_PATH =
  /(?:^|\/)(?:bench(?:es|marks?)?|jmh|perf)\/|[._-]bench(?:mark)?s?\.\w+$|(?:^|\/)(?:bench(?:mark)?s?[._-][\w.-]*\.\w+|asv\.conf\.json)$|Benchmarks?\.(?:java|kt|scala|cs|php|swift)$/;

/** Benchmarks that lie among tests: Go's, pytest-benchmark's and JMH's. */
const BENCHMARK_CODE = String.raw`^func Benchmark[A-Z_]|^ *def test_[A-Za-z0-9_]*\(.*\bbenchmark\b|^ *@Benchmark\b`;

/** Paths of files with benchmarks, in the base and among those that a patch leaves. */
export async function findBenchmarks(
  vault: Vault,
  tree: string,
  changed: readonly string[],
): Promise<string[]> {
  const paths = [...vault.files.map(({ path }) => path), ...changed];
  const named = paths.filter((path) => BENCHMARK_PATH.test(path));
  // git ends with 1 where it finds nothing.
  const found = await vault
    .git([
      "grep",
      "--name-only",
      "-z",
      "-I",
      "-E",
      "-e",
      BENCHMARK_CODE,
      tree,
      "--",
      "*.go",
      "*.py",
      "*.java",
      "*.kt",
    ])
    .then(
      (output) => output.toString("utf8").split("\0"),
      () => [],
    );
  const inCode = found.filter(Boolean).map((name) => name.slice(tree.length + 1));
  return [...new Set([...named, ...inCode])].sort();
}

/** What is said of a failure that threw nothing, such as a slow operation: only a benchmark of it is its proof. Pure. */
export function describeBenchmarks(benchmarks: readonly string[], kind: string | undefined): string {
  const [first] = benchmarks;
  const shows = "only a benchmark of the operation shows that it is faster";
  const says =
    kind === "performance"
      ? `Tests do not show speed: ${shows}`
      : `Production threw nothing. If it was slow, ${shows}`;
  if (first === undefined) return `${says}, and the repository has none.`;
  const more = benchmarks.length > 1 ? ` and ${benchmarks.length - 1} more` : "";
  return `${says}: ${first}${more} is not run here. Run it before and after.`;
}
