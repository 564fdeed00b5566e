import { invalidValue } from '../faults.js';
import type { SearchEntity } from './filter-builder.js';
import { grammars, type Comparator, type Field } from './grammar.js';
import { knownNames, readIdentifier, type Identifier, type ReadIdentifier } from './identifier.js';
import { readList, readLiteral } from './literal.js';
import { tokenise, type Token } from './tokens.js';

/** One condition of a filter; all of them must hold. */
export interface Clause {
  readonly identifier: Identifier;
  readonly comparator: Comparator;
  /** Numbers for metrics and times, texts for the rest; none for IS NULL, many for IN. */
  readonly values: readonly (string | number)[];
}

interface Source {
  readonly entity: SearchEntity;
  readonly filter: string;
  readonly tokens: readonly Token[];
}

/**
 * Reads MLflow's filter language for one entity: clauses joined by AND, nothing else. As to a server, AND is a mere separator: it may
 * lead, trail, be doubled, or be missing where a comparison follows.
 */
export function parseFilter(entity: SearchEntity, filter: string): Clause[] {
  const source = { entity, filter, tokens: tokensOf(entity, filter) };
  const clauses: Clause[] = [];
  for (let at = 0; at < source.tokens.length;) {
    if (isWord(source.tokens[at], 'AND')) at += 1;
    else at = parseClause(source, at, clauses);
  }
  return clauses;
}

function tokensOf(entity: SearchEntity, filter: string): readonly Token[] {
  const refuse = (at: number, problem: string): Error => unreadable({ entity, filter }, at, problem);
  const tokens = tokenise(filter);
  if ('unreadableAt' in tokens) {
    const at = tokens.unreadableAt;
    const rest = JSON.stringify(filter.slice(at, at + 20));
    throw refuse(at, `nothing fits ${rest}; keys with signs, and some words of SQL, stand in backticks`);
  }
  if (filter !== '' && tokens.length === 0) throw refuse(0, 'it is blank');
  if (lengthOf(filter, tokens) > mostPieces) {
    throw refuse(0, `it has more than ${mostPieces} words, signs and spaces, which servers refuse`);
  }
  return tokens;
}

// Servers read no more, so that nobody can stall them. A space is a piece, and so is the dot in a name.
const mostPieces = 10_000;

function lengthOf(filter: string, tokens: readonly Token[]): number {
  const raws = tokens.map(({ raw }) => raw);
  const spaces = filter.length - raws.join('').length;
  return raws.length + spaces + 2 * tokens.filter(({ kind, raw }) => kind === 'identifier' && raw.includes('.')).length;
}

// Between other clauses AND may be missing.
const needsAnd: readonly Comparator[] = ['IN', 'NOT IN', 'IS NULL', 'IS NOT NULL'];
const separators = ['AND', 'NULL'];

function parseClause(source: Source, at: number, clauses: Clause[]): number {
  const read = identifierAt(source, at);
  const [comparator, next] = comparatorAt(source, at + 1);
  if (needsAnd.includes(comparator) && at > 0 && !separators.some((word) => isWord(source.tokens[at - 1], word))) {
    throw unreadableToken(source, at, 'AND is missing before it');
  }
  if (!read.field.comparators.includes(comparator)) {
    throw unreadableToken(source, at, `${comparator} does not apply to it; use ${read.field.comparators.join(', ')}`);
  }
  const [values, end] = valuesAt(source, next, { ...read, comparator });
  clauses.push({ identifier: read.identifier, comparator, values });
  return end;
}

function identifierAt(source: Source, at: number): ReadIdentifier {
  const { entity, tokens } = source;
  const token = tokens[at];
  const read = token?.kind === 'identifier' ? readIdentifier(entity, token.raw) : undefined;
  if (read !== undefined) return read;
  throw unreadableToken(
    source,
    at,
    `it names nothing that ${entity} are searched by; use ${knownNames(entity, 'filter')}`,
  );
}

function comparatorAt(source: Source, at: number): [Comparator, number] {
  const { entity, tokens } = source;
  const words = tokens.slice(at, at + 3).map((token) => wordOf(token));
  for (const known of comparators) {
    const parts = known.split(' ');
    if (!parts.every((part, index) => words[index]?.toUpperCase() === part)) continue;
    const isShouted = parts.length > 1 || words[0] === words[0]?.toUpperCase();
    if (isShouted || !grammars[entity].needsCapitals) return [known, at + parts.length];
    throw unreadableToken(source, at, 'servers read it here in capitals only');
  }
  if (tokens[at] === undefined) throw unreadableToken(source, at, 'a comparator is missing');
  throw unreadableToken(source, at, `it is no comparator; use one of ${comparators.join(', ')}`);
}

const comparators: readonly Comparator[] = [
  ...(['IS NOT NULL', 'IS NULL', 'NOT IN', 'IN', 'LIKE', 'ILIKE'] as const),
  ...(['=', '!=', '>', '>=', '<', '<='] as const),
];

function wordOf({ kind, raw }: Token): string {
  return kind === 'identifier' || kind === 'comparator' ? raw : '';
}

function valuesAt(
  source: Source,
  at: number,
  { field, comparator }: ReadIdentifier & { readonly comparator: Comparator },
): [Clause['values'], number] {
  if (comparator.endsWith('NULL')) return [[], at];
  if (comparator.endsWith('IN')) return listAt(source, at, field);
  const token = source.tokens[at];
  if (token === undefined) throw unreadableToken(source, at, 'a value is missing');
  const literal = readLiteral(grammars[source.entity], field, token);
  if ('problem' in literal) throw unreadableToken(source, at, literal.problem);
  return [[literal.value], at + 1];
}

function listAt(source: Source, at: number, field: Field): [Clause['values'], number] {
  const { tokens } = source;
  const length = tokens.slice(at).findIndex(({ raw, kind }) => kind === 'bracket' && raw === ')') + 1;
  const values = readList(field, tokens.slice(at, at + length));
  if (values !== undefined) return [values, at + length];
  const example = field.type === 'digits' ? "('1', '2')" : "('a', 'b')";
  throw unreadableToken(source, at, `a list is written ${example}`);
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'identifier' && token.raw.toUpperCase() === word;
}

function unreadableToken(source: Source, at: number, problem: string): Error {
  const token = source.tokens[at];
  if (token === undefined) return unreadable(source, source.filter.length, problem);
  return unreadable(source, token.start, problem.startsWith(token.raw) ? problem : `${token.raw}: ${problem}`);
}

function unreadable({ entity, filter }: Omit<Source, 'tokens'>, at: number, problem: string): Error {
  return invalidValue(
    `Cannot read filter ${JSON.stringify(filter)} of ${entity}, character ${at + 1}: ${problem}; write clauses such as ${exampleOf(entity)} joined by AND`,
    { entity, filter, at },
  );
}

function exampleOf(entity: SearchEntity): string {
  return entity === 'runs' ? "status = 'a'" : "name = 'a'";
}
