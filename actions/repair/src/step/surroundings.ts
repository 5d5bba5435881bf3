/** What every command of a project finds: variables, those that hold a path in the folder of tools, and PATH's first folders there. */
export type Surroundings = {
  readonly variables: Readonly<Record<string, string>>;
  readonly places: Readonly<Record<string, string>>;
  readonly path: readonly string[];
};
