/** A piece of a filter. */
export interface Token {
  readonly kind: 'identifier' | 'text' | 'number' | 'comparator' | 'bracket' | 'comma';
  /** As written, with its quotes. */
  readonly raw: string;
  /** Where it begins in the filter. */
  readonly start: number;
}

const wordCharacter = String.raw`[\p{L}\p{N}_]`;
const singleQuoted = String.raw`'(?:''|\\'|[^'])*'`;
const doubleQuoted = String.raw`"(?:""|\\"|[^"])*"`;
const backticked = '`(?:``|[^`])*`';
const word = String.raw`${wordCharacter}[$#\p{L}\p{N}_]*`;

// What may follow a dot unquoted. A server's lexer takes six words for SQL even there, and digits for the decimals of a number.
const keyWord =
  String.raw`(?!(?:case|in|values|using|from|as)(?!${wordCharacter}))` +
  String.raw`(?:[A-ZÀ-Ü]${wordCharacter}*|(?![A-ZÀ-Ü\p{N}])${word}|(?!0x|\de-?\d)\d(?=[_A-ZÀ-Ü])${word})`;

const first = `(?:${backticked}|${doubleQuoted}|${word})`;
const further = `(?:${backticked}|${doubleQuoted}|${singleQuoted}|${keyWord})`;

const patterns: Readonly<Record<Token['kind'], RegExp>> = {
  text: new RegExp(singleQuoted, 'iuy'),
  number: new RegExp(String.raw`-?(?:\d+(?:\.\d+)?e-?\d+|\d+\.\d*|\.\d+|\d+)(?!${wordCharacter}|\.)`, 'iuy'),
  identifier: new RegExp(String.raw`${first}(?:\.${further})*`, 'iuy'),
  comparator: /[<>=~!]+/uy,
  bracket: /[()]/uy,
  comma: /,/uy,
};

const space = /\s*/uy;

/** Where a filter cannot be read any further. */
export interface Unreadable {
  readonly unreadableAt: number;
}

/** Cuts a filter into pieces, as MLflow does: inside of quotes, a doubled or backslashed quote does not end them, and stays as written. */
export function tokenise(filter: string): readonly Token[] | Unreadable {
  const tokens: Token[] = [];
  let at = skipSpace(filter, 0);
  while (at < filter.length) {
    const token = tokenAt(filter, at);
    if (token === undefined) return { unreadableAt: at };
    tokens.push(token);
    at = skipSpace(filter, at + token.raw.length);
  }
  return tokens;
}

function skipSpace(filter: string, at: number): number {
  space.lastIndex = at;
  return at + (space.exec(filter)?.[0].length ?? 0);
}

function tokenAt(filter: string, start: number): Token | undefined {
  for (const [kind, pattern] of Object.entries(patterns)) {
    pattern.lastIndex = start;
    const raw = pattern.exec(filter)?.[0];
    if (raw !== undefined) return { kind: kind as Token['kind'], raw, start };
  }
  return undefined;
}
