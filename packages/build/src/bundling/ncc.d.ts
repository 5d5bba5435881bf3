/** The part of ncc's interface that is used here; the package has no types. */
declare module "@vercel/ncc" {
  type Options = {
    readonly cache: boolean;
    /** Modules that are not bundled, and what is asked for at run time in their place. */
    readonly externals: Readonly<Record<string, string>>;
    readonly quiet: boolean;
    readonly target: string;
  };
  type Output = {
    readonly code: string;
    readonly assets: Readonly<Record<string, { readonly source: string | Buffer }>>;
    readonly stats: BundleStats;
  };
  /** A module of webpack: of one file, or joined from several. */
  export type BundledModule = {
    readonly resource?: string;
    readonly modules?: readonly BundledModule[];
  };
  export type BundleStats = {
    readonly compilation: {
      readonly modules: Iterable<BundledModule>;
      readonly chunkGraph: { readonly getNumberOfModuleChunks: (module: BundledModule) => number };
    };
  };
  const ncc: (entry: string, options: Options) => Promise<Output>;
  // biome-ignore lint/style/noDefaultExport: this is how the package is made.
  export default ncc;
}
