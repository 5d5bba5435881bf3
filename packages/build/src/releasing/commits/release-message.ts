/** What the message of a release commit says. */
export type ReleaseMessage = {
  /** The repository, such as `intake`. */
  readonly repository: string;
  readonly version: string;
  /** Where it is developed, such as `acme/patchpilot`, and the full SHA of the commit that it is made from. */
  readonly source: { readonly repository: string; readonly commit: string };
  /** The digest of `dist`; the repository that all is developed in has none. */
  readonly dist?: string;
};

/** The message of a release commit. */
export function writeReleaseMessage({ repository, version, source, dist }: ReleaseMessage): string {
  const digest = dist === undefined ? "" : `Dist-SHA256: ${dist}\n`;
  return `${repository} v${version}\n\nSource: ${source.repository}@${source.commit}\n${digest}`;
}

const MESSAGE =
  /^([\w.-]+) v(\S+)\n\nSource: ([\w.-]+\/[\w.-]+)@([0-9a-f]{40})\n(?:Dist-SHA256: ([0-9a-f]{64})\n)?$/;

/** What a release commit says; undefined for any other message. */
export function readReleaseMessage(text: string): ReleaseMessage | undefined {
  const match = MESSAGE.exec(text);
  if (match === null) return undefined;
  const [, repository = "", version = "", source = "", commit = "", dist] = match;
  return {
    repository,
    version,
    source: { repository: source, commit },
    ...(dist === undefined ? {} : { dist }),
  };
}
