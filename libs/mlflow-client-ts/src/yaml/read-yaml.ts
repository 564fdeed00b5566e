import { fold, readDoubleQuoted, readPlain, readSingleQuoted, type YamlScalar } from './yaml-scalar.js';

/** What this reader understands: scalars, lists of scalars, and mappings of these. */
type YamlValue = YamlScalar | readonly YamlScalar[] | YamlMapping;

/** A block of `key: value` lines. */
export interface YamlMapping {
  readonly [key: string]: YamlValue;
}

interface Cursor {
  readonly lines: readonly string[];
  at: number;
}

const entryPattern = /^( *)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s'"#[{-][^#]*?):(?:\s+(.*))?$/;
const itemPattern = /^( *)-(?:\s+(.*))?$/;

/**
 * Reads a `meta.yaml`: JSON, or the block style that PyYAML writes (nested mappings, lists of scalars, quoted and folded texts).
 * Anchors, tags, block texts (`|`) and nested flow collections are not read; MLflow writes none.
 *
 * @throws SyntaxError naming the line
 */
export function readYaml(text: string): YamlMapping {
  if (text.trimStart().startsWith('{')) return JSON.parse(text) as YamlMapping;
  const cursor: Cursor = { lines: text.split(/\r?\n/), at: 0 };
  const mapping = readMapping(cursor, 0);
  if (cursor.at < cursor.lines.length) throw unexpected(cursor);
  return mapping;
}

function unexpected({ lines, at }: Cursor): SyntaxError {
  return new SyntaxError(`line ${at + 1} is not understood: ${JSON.stringify(lines[at])}`);
}

function isSkipped(line: string): boolean {
  return /^\s*(?:#.*)?$/.test(line) || line === '---';
}

function readMapping(cursor: Cursor, indent: number): YamlMapping {
  const entries: [string, YamlValue][] = [];
  for (; cursor.at < cursor.lines.length;) {
    const line = cursor.lines[cursor.at] ?? '';
    if (isSkipped(line)) {
      cursor.at++;
      continue;
    }
    const match = entryPattern.exec(line);
    if (match?.[1]?.length !== indent) break;
    cursor.at++;
    entries.push([readKey(match[2] ?? ''), readValue(cursor, match[3] ?? '', indent)]);
  }
  return Object.fromEntries(entries);
}

function readKey(text: string): string {
  if (text.startsWith('"')) return readDoubleQuoted([text.slice(1, -1)]);
  return text.startsWith("'") ? readSingleQuoted([text.slice(1, -1)]) : text;
}

function readValue(cursor: Cursor, rest: string, indent: number): YamlValue {
  if (rest === '[]') return [];
  if (rest === '{}') return {};
  return rest === '' ? readBlock(cursor, indent) : readScalar(cursor, rest, indent);
}

function readBlock(cursor: Cursor, indent: number): YamlValue {
  const line = cursor.lines[cursor.at] ?? '';
  const itemIndent = indentOf(itemPattern.exec(line));
  if (itemIndent >= indent) return readItems(cursor, itemIndent);
  const entryIndent = indentOf(entryPattern.exec(line));
  return entryIndent > indent ? readMapping(cursor, entryIndent) : null;
}

/** −1 when the line is of another kind. */
function indentOf(match: RegExpExecArray | null): number {
  return match?.[1]?.length ?? -1;
}

function readItems(cursor: Cursor, indent: number): YamlScalar[] {
  const items: YamlScalar[] = [];
  for (;;) {
    const match = itemPattern.exec(cursor.lines[cursor.at] ?? '');
    if (match?.[1]?.length !== indent) return items;
    cursor.at++;
    items.push(readScalar(cursor, match[2] ?? '', indent));
  }
}

function readScalar(cursor: Cursor, first: string, indent: number): YamlScalar {
  const mark = first[0];
  if (mark === '"') return readDoubleQuoted(readQuoted(cursor, first, /(?:^|[^\\])(?:\\\\)*"\s*$/));
  if (mark === "'") return readSingleQuoted(readQuoted(cursor, first, /(?:^|[^'])(?:'')*'\s*$/));
  if (/^[|>&*!%@`[{]/.test(first)) {
    cursor.at--;
    throw unexpected(cursor);
  }
  const lines = [first];
  while (isContinuation(cursor, indent)) lines.push(cursor.lines[cursor.at++] ?? '');
  return lines.length === 1 ? readPlain(first.trimEnd()) : fold(lines).trimEnd();
}

/** The lines from after the opening quote to before the closing one. */
function readQuoted(cursor: Cursor, first: string, closing: RegExp): string[] {
  const lines = [first.slice(1)];
  while (!closing.test(lines[lines.length - 1] ?? '')) {
    if (cursor.at >= cursor.lines.length) throw unexpected({ ...cursor, at: cursor.at - 1 });
    lines.push(cursor.lines[cursor.at++] ?? '');
  }
  const last = (lines.pop() ?? '').trimEnd();
  return [...lines, last.slice(0, -1)];
}

// A plain text goes on with deeper lines; empty ones belong to it when a deeper line follows.
function isContinuation({ lines, at }: Cursor, indent: number): boolean {
  let next = at;
  while (next < lines.length && lines[next]?.trim() === '') next++;
  const line = lines[next];
  return line !== undefined && line.length - line.trimStart().length > indent;
}
