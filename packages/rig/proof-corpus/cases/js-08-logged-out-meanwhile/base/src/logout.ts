import type { Store } from "./account";

export function logout(store: Store): void {
  store.session = null;
  store.balances.clear();
}
