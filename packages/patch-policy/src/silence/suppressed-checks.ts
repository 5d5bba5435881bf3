import { findIn, gained, type Occurrence } from "../text/occurrences.ts";
import type { PatchText, Version } from "../text/patched-file.ts";
import { type SilenceSighting, sightAll } from "./sighting.ts";

/** Comments and annotations that switch a linter, a compiler or a coverage tool off. */
const DIRECTIVE =
  /\beslint-disable(?:-next-line|-line)?\b|@ts-(?:ignore|nocheck|expect-error)\b|\bbiome-ignore\b|\boxlint-disable\b|\btslint:disable\b|#\s*noqa\b|#\s*type:\s*ignore\b|#\s*pyright:\s*ignore\b|#\s*mypy:\s*ignore-errors\b|\bpylint:\s*disable\b|\bpragma:\s*no\s*cover\b|\b(?:istanbul|c8|v8)\s+ignore\b|\brubocop:(?:disable|todo)\b|:nocov:|\/\/\s*nolint\b|\bNOSONAR\b|@phpstan-ignore\b|@psalm-suppress\b|\bphpcs:(?:ignore|disable)\b|@codeCoverageIgnore\b|\bnosemgrep\b|#\s*nosec\b/gi;
const ANNOTATION =
  /@SuppressWarnings\b|@Suppress\b|@file:Suppress\b|#pragma\s+warning\s+disable\b|\[SuppressMessage\b|@SuppressLint\b|\[ExcludeFromCodeCoverage\b|#nullable\s+disable\b/g;
const LOOSER =
  /["']?(?:strict|strictNullChecks|noImplicitAny|noUncheckedIndexedAccess|checkJs)["']?\s*:\s*false\b|\bignoreBuildErrors\s*:\s*true|\bignoreDuringBuilds\s*:\s*true|\bignore_errors\s*=\s*[Tt]rue\b/g;

const directives = (version: Version): Occurrence[] =>
  version.kind === "docs"
    ? []
    : [
        ...findIn(version, version.raw, DIRECTIVE, ([text]) => text.toLowerCase()),
        ...findIn(version, version.code, ANNOTATION),
        ...findIn(version, version.bare, LOOSER),
      ];

/** Checks that are switched off. Pure. */
export const judgeChecks = (patch: PatchText): SilenceSighting[] =>
  gained(patch, directives).flatMap((found) => {
    const does = `switches a check off with \`${found.key.replaceAll("`", "")}\``;
    return sightAll([found], "suppresses-check", does);
  });
