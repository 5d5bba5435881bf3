export function match(pattern, path) {
  const names = pattern.split("/");
  const parts = path.split("/");
  if (names.length !== parts.length) return null;
  const params = {};
  for (let i = 0; i < names.length; i++) {
    if (names[i].startsWith(":")) {
      params[names[i].slice(1)] = decodeURIComponent(parts[i]);
    } else if (names[i] !== parts[i]) {
      return null;
    }
  }
  return params;
}
