import { countFilters } from "./filters.js";

export function search(query) {
  const filters = countFilters(query);
  return { title: filters === 0 ? "Everything" : `Filtered by ${filters}`, filters };
}
