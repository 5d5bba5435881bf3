/** An account as GitHub identifies it. Never compare logins: REST and GraphQL spell them differently. */
export type Account = { readonly type: string; readonly id: number | null; readonly login: string };
