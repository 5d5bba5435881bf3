import { expect, test } from "vitest";
import { refresh, type Store } from "../src/account";
import { logout } from "../src/logout";

const loggedIn = (): Store => ({ session: { name: "ada", token: "t" }, balances: new Map() });

test("shows the balance", async () => {
  expect(await refresh(loggedIn(), { balance: async () => 12 })).toBe("ada: 12");
});

test("asks nothing after a logout", async () => {
  const store = loggedIn();
  logout(store);
  expect(await refresh(store, { balance: async () => 12 })).toBe("logged out");
});
