import { invalidValue } from '../faults.js';
import { isNumeric, readIdentifier, type Identifier } from './identifier.js';
import { tokenise, type Token } from './tokens.js';

/** How a clause compares. */
export type Comparator =
  '=' | '!=' | '>' | '>=' | '<' | '<=' | 'LIKE' | 'ILIKE' | 'IN' | 'NOT IN' | 'IS NULL' | 'IS NOT NULL';

/** One condition of a filter; all of them must hold. */
export interface Clause {
  readonly identifier: Identifier;
  readonly comparator: Comparator;
  /** Numbers for metrics and times, texts for the rest; none for IS NULL, many for IN. */
  readonly values: readonly (string | number)[];
}

const numericComparators: readonly string[] = ['=', '!=', '>', '>=', '<', '<='];
const textComparators: readonly string[] = ['=', '!=', 'LIKE', 'ILIKE'];
const listComparators: readonly string[] = ['IN', 'NOT IN'];
const nullComparators: readonly string[] = ['IS NULL', 'IS NOT NULL'];

/** Reads MLflow's filter language for runs: clauses joined by AND, nothing else. As on a server, an AND at the end is ignored. */
export function parseFilter(filter: string): Clause[] {
  const pieces: Token[][] = [[]];
  for (const token of tokenise(filter)) {
    if (isAnd(token)) pieces.push([]);
    else pieces.at(-1)?.push(token);
  }
  if (pieces.at(-1)?.length === 0) pieces.pop();
  return pieces.map((piece) => parseClause(filter, piece));
}

function isAnd({ kind, value }: Token): boolean {
  return kind === 'word' && value.toLowerCase() === 'and';
}

function unreadable(filter: string, problem: string): Error {
  return invalidValue(
    `Cannot read filter ${JSON.stringify(filter)}: ${problem}; write clauses such as metrics.rmse < 1 joined by AND`,
    { filter },
  );
}

function parseClause(filter: string, tokens: readonly Token[]): Clause {
  const [first] = tokens;
  if (first?.kind !== 'word') throw unreadable(filter, 'a clause does not start with a key');
  const identifier = readIdentifier(first.value);
  const [comparator, length] = readComparator(filter, tokens);
  const values = readValues(filter, { identifier, comparator }, tokens.slice(1 + length));
  return { identifier, comparator, values };
}

function readComparator(filter: string, tokens: readonly Token[]): [Comparator, number] {
  const operator = tokens[1];
  if (operator?.kind === 'operator') return [operator.value as Comparator, 1];
  const words = tokens.slice(1, 4).map((token) => (token.kind === 'word' ? token.value.toUpperCase() : ''));
  for (const length of [3, 2, 1]) {
    const candidate = words.slice(0, length).join(' ');
    const known = [...textComparators, ...listComparators, ...nullComparators].find((each) => each === candidate);
    if (known !== undefined) return [known as Comparator, length];
  }
  throw unreadable(filter, `"${tokens[0]?.value ?? ''}" is followed by no comparator`);
}

function readValues(
  filter: string,
  { identifier, comparator }: Omit<Clause, 'values'>,
  tokens: readonly Token[],
): (string | number)[] {
  if (!allowedComparators(identifier).includes(comparator)) {
    throw unreadable(filter, `${comparator} does not apply to ${identifier.entity} "${identifier.key}"`);
  }
  if (nullComparators.includes(comparator)) return noValues(filter, tokens);
  if (listComparators.includes(comparator)) return readList(filter, tokens);
  const [token] = tokens;
  const wanted = isNumeric(identifier) ? 'number' : 'text';
  if (tokens.length !== 1 || token?.kind !== wanted) {
    throw unreadable(
      filter,
      `"${identifier.key}" is not compared with one ${wanted === 'text' ? 'quoted text' : 'number'}`,
    );
  }
  return [wanted === 'number' ? Number(token.value) : token.value];
}

function allowedComparators(identifier: Identifier): readonly string[] {
  if (isNumeric(identifier)) return numericComparators;
  if (identifier.entity === 'dataset') return [...textComparators, ...listComparators];
  if (identifier.entity === 'attribute') {
    return identifier.key === 'run_id' ? [...textComparators, ...listComparators] : textComparators;
  }
  return [...textComparators, ...nullComparators];
}

function noValues(filter: string, tokens: readonly Token[]): never[] {
  if (tokens.length > 0) throw unreadable(filter, 'something follows NULL');
  return [];
}

function readList(filter: string, tokens: readonly Token[]): string[] {
  const inner = tokens.slice(1, -1);
  const isEnclosed = tokens[0]?.value === '(' && tokens.at(-1)?.value === ')';
  const isAlternating = inner.every((token, index) => (index % 2 === 0 ? token.kind === 'text' : token.value === ','));
  if (!isEnclosed || !isAlternating || inner.length % 2 === 0) throw unreadable(filter, "IN needs ('a', 'b')");
  return inner.filter(({ kind }) => kind === 'text').map(({ value }) => value);
}
