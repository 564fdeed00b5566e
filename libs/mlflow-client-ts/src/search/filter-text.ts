import { invalidValue } from '../faults.js';
import type { SearchEntity } from './filter-builder.js';
import { grammars, type Comparator, type ValueType } from './grammar.js';
import { knownNames, readIdentifier } from './identifier.js';

/** A condition as it is asked for. */
export interface ConditionRequest {
  readonly entity: SearchEntity;
  readonly name: string;
  readonly comparator: Comparator;
  readonly values: readonly (string | number)[];
}

/** Writes one clause, or refuses what the grammar of the entity cannot express. */
export function writeClause({ entity, name, comparator, values }: ConditionRequest): string {
  const { type, comparators } = fieldOf(entity, name);
  if (!comparators.includes(comparator)) {
    throw unwritable(entity, name, `${comparator} does not apply to it; use ${comparators.join(', ')}`);
  }
  const write = (value: string | number, isListed = false): string => {
    const written = writeValue(grammars[entity].hasBareTexts, type, value, isListed);
    if ('problem' in written) throw unwritable(entity, name, written.problem);
    return written.text;
  };
  const start = `${name} ${comparator}`;
  if (comparator.endsWith('NULL')) return start;
  if (!comparator.endsWith('IN')) return `${start} ${values.map((value) => write(value)).join('')}`;
  if (values.length === 0) throw unwritable(entity, name, 'a list needs one value or more');
  return `${start} (${values.map((value) => write(value, true)).join(',')})`;
}

function fieldOf(entity: SearchEntity, name: string): { type: ValueType; comparators: readonly Comparator[] } {
  const isStatus = entity === 'loggedModels' && name === 'status';
  if (isStatus) throw unwritable(entity, name, 'servers keep it as a number, and compare texts with that');
  const read = readIdentifier(entity, name);
  if (read !== undefined) return read.field;
  throw unwritable(entity, name, `it names nothing that they are searched by; use ${knownNames(entity, 'filter')}`);
}

const plainKey = /^(?!(?:case|in|values|using|from|as)$)[a-z][a-z0-9_]*$/i;

/** Writes a key with its prefix, in backticks where it needs them. */
export function writeName(entity: SearchEntity, prefix: string, key: string): string {
  if (plainKey.test(key)) return `${prefix}.${key}`;
  if (key !== '' && !/[`'"\r\n]/.test(key)) return `${prefix}.\`${key}\``;
  throw unwritable(
    entity,
    `${prefix}.${key}`,
    'a key is not empty, and has no quote, backtick or line break in a filter',
  );
}

type Written = { readonly text: string } | { readonly problem: string };

function writeValue(hasSingleQuotesOnly: boolean, type: ValueType, value: string | number, isListed: boolean): Written {
  switch (type) {
    case 'number':
      return writeNumber(value, Number.isFinite, 'a finite number');
    case 'wholeNumber':
    case 'version':
      return writeNumber(value, Number.isSafeInteger, 'a whole number');
    case 'digits':
      return /^\d+$/.test(String(value)) ? { text: `'${value}'` } : { problem: `${quote(value)} is no decimal number` };
    case 'text':
      if (typeof value !== 'string') return { problem: `${quote(value)} is no text` };
      return isListed ? { text: writeListText(value) } : writeText(value, hasSingleQuotesOnly);
  }
}

function writeNumber(value: string | number, isFit: (value: unknown) => boolean, wanted: string): Written {
  // Servers read 1e21, and refuse 1e+21.
  return isFit(value) ? { text: String(value).replace('e+', 'e') } : { problem: `${quote(value)} is not ${wanted}` };
}

// There is no escape: the quote is one that the value does not contain, and no backslash may stand before the closing one.
function writeText(value: string, hasSingleQuotesOnly: boolean): Written {
  if (value.endsWith('\\')) {
    return {
      problem: `${quote(value)} ends with a backslash, which would hide the closing quote; use like() with "_" instead of it`,
    };
  }
  if (!value.includes("'")) return { text: `'${value}'` };
  if (hasSingleQuotesOnly)
    return { problem: `${quote(value)} contains a single quote; use like() with "_" instead of it` };
  if (!value.includes('"')) return { text: `"${value}"` };
  return { problem: `${quote(value)} contains both kinds of quotes; use like() with "_" instead of one kind` };
}

// Lists are read as Python reads them, with its escapes.
function writeListText(value: string): string {
  const escaped = value.replace(/[\\'"\p{Cc}]/gu, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `'${escaped}'`;
}

function quote(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** The fault of a condition that cannot be written. */
export function unwritable(entity: SearchEntity, name: string, problem: string): Error {
  return invalidValue(`Cannot filter ${entity} by ${name}: ${problem}`, { entity, name });
}
