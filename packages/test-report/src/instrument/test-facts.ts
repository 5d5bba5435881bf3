/** What is known of a project where its tests are run. */
export type TestFacts = {
  /** Every command that testing comes to, by way of scripts and targets, as `spellOutProject` of `project` lists them. */
  readonly spelledOut: readonly string[];
  /** Text of the package.json at the top of the base commit. */
  readonly manifest: string | undefined;
  /** A folder outside of the checkout that tests may write to; an absolute path as tests see it. */
  readonly folder: string;
};
