export type Price = { readonly amount: number; readonly currency: string };

const PRICES: Record<string, Price> = {
  "tea-1": { amount: 350, currency: "EUR" },
  "cup-2": { amount: 900, currency: "EUR" },
};

export const readPrices = (): Record<string, Price> => PRICES;
