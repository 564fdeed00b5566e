import type { Field, Grammar, ValueType } from './grammar.js';
import { unquote } from './identifier.js';
import type { Token } from './tokens.js';

/** A value, or what is wrong with it. */
export type Literal = { readonly value: string | number } | { readonly problem: string };

/** Reads the value of a clause. */
export function readLiteral(grammar: Grammar, { type }: Field, token: Token): Literal {
  switch (type) {
    case 'text':
      return grammar.hasBareTexts ? readBareText(token) : readText(token);
    case 'digits':
      return readDigits(token);
    case 'number':
      return readNumber(token);
    case 'wholeNumber':
      return readWholeNumber(token);
    case 'version':
      return readWholeNumber(token.kind === 'number' ? token : { ...token, raw: textOf(token)?.trim() ?? token.raw });
  }
}

function readText(token: Token): Literal {
  const value = textOf(token);
  return value === undefined ? { problem: `${token.raw} is no text in quotes` } : { value };
}

function textOf({ kind, raw }: Token): string | undefined {
  const isQuoted = kind === 'text' || (kind === 'identifier' && raw.length >= 2 && /^".*"$/s.test(raw));
  return isQuoted ? raw.slice(1, -1) : undefined;
}

function readDigits(token: Token): Literal {
  const digits = trimZeros(textOf(token) ?? '');
  return digits === undefined ? { problem: `${token.raw} is no decimal number in quotes` } : { value: digits };
}

function trimZeros(text: string): string | undefined {
  return /^0*(\d+)$/.exec(text)?.[1];
}

function readNumber({ kind, raw }: Token): Literal {
  return kind === 'number' ? { value: Number(raw) } : { problem: `${raw} is no number` };
}

function readWholeNumber({ raw }: Token): Literal {
  return /^-?\d+$/.test(raw) ? { value: Number(raw) } : { problem: `${raw} is no whole number` };
}

const ownWords = /^(?:and|or|not|in|is|like|ilike|between|asc|desc)$/i;

function readBareText({ kind, raw }: Token): Literal {
  if (kind === 'text' || kind === 'number') return { value: raw.replace(/^'+|'+$/g, '') };
  const isBare = kind === 'identifier' && !/^\d/.test(raw) && !ownWords.test(raw);
  return isBare ? { value: raw } : { problem: `${raw} is no text` };
}

/** Reads `('a', 'b')`. Its texts, unlike others, have the escapes of Python; `undefined` when it is something else. */
export function readList({ type }: Field, tokens: readonly Token[]): string[] | undefined {
  const inner = tokens.slice(1, -1);
  const items = inner.at(-1)?.kind === 'comma' ? inner.slice(0, -1) : inner;
  const texts = items.filter((_, index) => index % 2 === 0).map((token) => readListText(type, token));
  const isSeparated = items.every(({ kind }, index) => index % 2 === 0 || kind === 'comma');
  const isEnclosed = tokens[0]?.raw === '(' && tokens.at(-1)?.raw === ')';
  const isComplete = items.length % 2 === 1 && texts.every((text) => text !== undefined);
  return isEnclosed && isSeparated && isComplete ? texts : undefined;
}

const escapes: Readonly<Record<string, string>> = {
  ...{ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', a: '\x07' },
  ...{ '\n': '', '\\': '\\', "'": "'", '"': '"' },
};
const escaped = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|[0-7]{1,3}|.)/gs;

function readListText(type: ValueType, token: Token): string | undefined {
  const text = textOf(token);
  if (text === undefined || /(?<!\\)[\r\n]/.test(text) || hasBareQuote(token.raw)) return undefined;
  return type === 'digits' ? trimZeros(text) : unescape(text);
}

function unescape(text: string): string {
  return text.replace(escaped, (written) => {
    const kind = written.charAt(1);
    if (written.length > 2 && /[xu]/.test(kind)) return String.fromCharCode(parseInt(written.slice(2), 16));
    if (/[0-7]/.test(kind)) return String.fromCharCode(parseInt(written.slice(1), 8));
    return escapes[kind] ?? written;
  });
}

// 'it''s' is two texts to Python, which joins them.
function hasBareQuote(raw: string): boolean {
  const quote = raw.charAt(0);
  return raw.slice(1, -1).replace(/\\./gs, '').includes(quote) || unquote(raw, quote) === raw;
}
