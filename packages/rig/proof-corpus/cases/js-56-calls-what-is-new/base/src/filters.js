export const FILTERS = ["brand", "color", "size"];

export function countFilters(query) {
  let count = 0;
  for (const name of FILTERS) {
    if (query.hasOwnProperty(name) && query[name] !== "") count += 1;
  }
  return count;
}
