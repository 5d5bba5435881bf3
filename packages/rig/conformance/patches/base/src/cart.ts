import * as Sentry from "@sentry/node";
import { readPrices } from "./prices.ts";

export type Item = { readonly sku: string; readonly count: number; readonly discount?: { readonly rate: number } };

export function total(items: readonly Item[]): number {
  const prices = readPrices();
  return items.reduce((sum, item) => sum + item.count * prices[item.sku].amount * (1 - item.discount.rate), 0);
}

export async function saveCart(items: readonly Item[]): Promise<boolean> {
  try {
    const reply = await fetch("/api/cart", { method: "PUT", body: JSON.stringify(items) });
    return reply.ok;
  } catch (error) {
    Sentry.captureException(error);
    throw error;
  }
}

export function readSaved(storage: Storage): readonly Item[] {
  return JSON.parse(storage.getItem("cart") ?? "[]");
}
