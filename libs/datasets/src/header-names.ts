/**
 * The names in the first line of a CSV file. A name may be in double quotes, a double quote inside then doubled (RFC 4180).
 * A column without a name, such as the row number that pandas writes, is called `column` and its place, from 0.
 */
export function headerNames(line: string, delimiter: string): string[] {
  const names: string[] = [];
  let name = '';
  let quoted = false;
  for (const character of line.replace(/^\uFEFF/, '').replace(/[\r\n]+$/, '')) {
    if (character === '"') quoted = !quoted;
    if (character === delimiter && !quoted) {
      names.push(name);
      name = '';
    } else name += character;
  }
  return [...names, name].map((text, i) => unquoted(text.trim()) || `column${i}`);
}

function unquoted(text: string): string {
  return /^".*"$/.test(text) ? text.slice(1, -1).replaceAll('""', '"') : text;
}
