/** A single value of a YAML file. */
export type YamlScalar = string | number | boolean | null;

const words: ReadonlyMap<string, boolean | null> = new Map([
  ['', null],
  ['~', null],
  ['null', null],
  ['true', true],
  ['false', false],
]);
const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

/** An unquoted value: null, true, false, whole and decimal numbers, or a text. Whole numbers beyond 2^53 stay texts. */
export function readPlain(text: string): YamlScalar {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (/^[-+]?\d+$/.test(text)) return Number.isSafeInteger(Number(text)) ? Number(text) : text;
  return /^[-+]?\d*\.\d+(?:e[-+]\d+)?$/i.test(text) ? Number(text) : text;
}

/** The inside of '…', over as many lines as given. */
export function readSingleQuoted(lines: readonly string[]): string {
  return fold(lines).replaceAll("''", "'");
}

/** The inside of "…", over as many lines as given. */
export function readDoubleQuoted(lines: readonly string[]): string {
  const pattern = /\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|\n|([^]))/g;
  return fold(joinEscaped(lines)).replace(pattern, (...match: (string | undefined)[]) => {
    const [, x, u, wide, letter = ''] = match;
    const code = x ?? u ?? wide;
    return code === undefined ? (escapes[letter] ?? letter) : String.fromCodePoint(parseInt(code, 16));
  });
}

// A backslash at the end of a line joins it to the next without a space.
function joinEscaped(lines: readonly string[]): string[] {
  const joined: string[] = [];
  let continues = false;
  for (const line of lines) {
    const endsEscaped = /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
    const text = endsEscaped ? line.slice(0, -1) : line;
    joined.push(continues ? `${joined.pop() ?? ''}${text.trimStart()}` : text);
    continues = endsEscaped;
  }
  return joined;
}

/** Lines of one value as YAML joins them: a line break is a space, an empty line is a line break. */
export function fold(lines: readonly string[]): string {
  const [first = '', ...others] = lines;
  let text = first;
  let emptyLines = 0;
  others.forEach((line, index) => {
    const isLast = index === others.length - 1;
    if (line.trim() === '' && !isLast) {
      emptyLines++;
      return;
    }
    text = `${text.trimEnd()}${emptyLines === 0 ? ' ' : '\n'.repeat(emptyLines)}${line.trimStart()}`;
    emptyLines = 0;
  });
  return text;
}
