export type Session = { readonly name: string; readonly token: string };
export type Store = { session: Session | null; balances: Map<string, number> };
export type Api = { balance(token: string): Promise<number> };

export async function refresh(store: Store, api: Api): Promise<string> {
  if (store.session === null) return "logged out";
  const balance = await api.balance(store.session.token);
  store.balances.set(store.session.name, balance);
  return `${store.session.name}: ${balance}`;
}
