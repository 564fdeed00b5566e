import { invalidValue } from '../faults.js';

/** A piece of a filter. */
export interface Token {
  readonly kind: 'word' | 'text' | 'number' | 'operator' | 'punctuation';
  /** Without quotes; a word in its own case. */
  readonly value: string;
  /** The quote of a text. */
  readonly quote?: string;
}

// In this order: quoted texts, numbers, comparators, brackets and comma, then identifiers with their quoted parts.
const pattern =
  /\s*(?:(?<text>'[^']*'|"[^"]*")(?!\.)|(?<number>-?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w.]))|(?<operator>!=|>=|<=|=|>|<)|(?<punctuation>[(),])|(?<word>(?:[^\s=!<>(),'"`]|`[^`]*`|(?<=\.)"[^"]*")+))/giy;

/** Cuts a filter of MLflow into pieces. There is no escape inside of quotes, as in MLflow. */
export function tokenise(filter: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  const source = filter.trim();
  while (pattern.lastIndex < source.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(source);
    if (match?.groups === undefined) {
      throw invalidValue(
        `Cannot read filter ${JSON.stringify(filter)}: nothing fits at ${JSON.stringify(source.slice(at, at + 20))}`,
      );
    }
    tokens.push(toToken(match.groups));
  }
  return tokens;
}

function toToken(groups: Readonly<Record<string, string | undefined>>): Token {
  const [kind, value = ''] = Object.entries(groups).find(([, text]) => text !== undefined) ?? ['word', ''];
  if (kind !== 'text') return { kind: kind as Token['kind'], value };
  return { kind, value: value.slice(1, -1), quote: value.charAt(0) };
}
