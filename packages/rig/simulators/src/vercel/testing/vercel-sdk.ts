/** The fields of Vercel's replies that tests look at; the SDK's models have checked the whole reply. */
export type SdkDeployment = {
  readonly id?: string;
  readonly uid?: string;
  readonly readyState?: string;
  readonly readySubstate?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string | null;
  readonly meta?: Record<string, string>;
  readonly seatBlock?: { readonly blockCode: string; readonly isVerified?: boolean };
};
export type SdkProject = {
  readonly targets?: { readonly production?: SdkDeployment };
  readonly lastAliasRequest?: { readonly type: string; readonly toDeploymentId: string } | null;
};
export type SdkList = {
  readonly deployments: readonly SdkDeployment[];
  readonly pagination: { readonly next: number | null };
};

type Read = (
  client: unknown,
  request: object,
) => Promise<{ ok: true; value: unknown } | { ok: false; error: unknown }>;

// Found by Node's own resolution: the SDK exports its TypeScript sources under the condition "source", and the
// compiler would hold them to this repository's options.
const MODULES = [
  import.meta.resolve("@vercel/sdk/core.js"),
  import.meta.resolve("@vercel/sdk/lib/http.js"),
  import.meta.resolve("@vercel/sdk/funcs/projectsGetProject.js"),
  import.meta.resolve("@vercel/sdk/funcs/deploymentsGetDeployments.js"),
  import.meta.resolve("@vercel/sdk/funcs/deploymentsGetDeployment.js"),
];

/** Vercel's own SDK, talking to `fetch`. Its zod models throw on a reply that is not Vercel's. */
export async function connectVercelSdk(fetch: (request: Request) => Promise<Response>, token: string) {
  const loaded = await Promise.all(MODULES.map((url): Promise<Record<string, unknown>> => import(url)));
  const [core = {}, http = {}, project = {}, list = {}, get = {}] = loaded;
  const HTTPClient = http["HTTPClient"] as new (options: object) => object;
  const VercelCore = core["VercelCore"] as new (options: object) => object;
  const fetcher = (input: string | URL | Request, init?: RequestInit) => fetch(new Request(input, init));
  const client = new VercelCore({
    bearerToken: token,
    serverURL: "https://api.vercel.example",
    httpClient: new HTTPClient({ fetcher }),
  });
  const reader =
    <Reply>(read: unknown) =>
    async (request: object): Promise<Reply> => {
      const reply = await (read as Read)(client, request);
      if (!reply.ok) throw reply.error;
      return reply.value as Reply;
    };
  return {
    getProject: reader<SdkProject>(project["projectsGetProject"]),
    getDeployments: reader<SdkList>(list["deploymentsGetDeployments"]),
    getDeployment: reader<SdkDeployment>(get["deploymentsGetDeployment"]),
  };
}
