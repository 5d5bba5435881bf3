/** Where Dart's packages of a repository lie: the name that a pubspec gives -> folders, each with its slash. */
export type DartPackages = ReadonlyMap<string, readonly string[]>;

/** The files of a repository, arranged for looking up by their last name. */
export type RepositoryFiles = {
  /** Last name in lower case -> paths. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
  /** False where the listing was cut: a file that is not found may still exist. */
  readonly complete: boolean;
  /** Absent: nobody read the pubspecs. */
  readonly dartPackages?: DartPackages | undefined;
};

/**
 * Where a frame leads in the repository. `file` always comes from the listing, never from the event. `foreign`: into
 * others' code, whatever the reporter thinks.
 */
export type FileMatch =
  | { readonly kind: "exact" | "suffix" | "compiled"; readonly file: string }
  | { readonly kind: "ambiguous"; readonly candidates: readonly string[] }
  | { readonly kind: "none" | "foreign" };
