import { isMap, isScalar, isSeq, LineCounter, parseDocument, Scalar, type Node, type Pair, type YAMLError } from 'yaml';
import type { ConfigIssue } from '../problems/config-issue.js';
import type { ConfigEntry, ConfigMapping, ConfigNode, ConfigScalar, SourcePosition } from './config-node.js';

/** What a file says, with every place; `issues` where it does not hold a mapping. */
export interface ParsedConfig {
  readonly root: ConfigMapping;
  readonly issues: readonly ConfigIssue[];
}

interface Reading {
  readonly file: string;
  readonly lines: LineCounter;
  readonly issues: ConfigIssue[];
}

/** Reads YAML 1.2. An empty file is an empty mapping. Anchors and aliases are refused: each value stands where it is used. */
export function parseConfig(yaml: string, file: string): ParsedConfig {
  const lines = new LineCounter();
  const reading: Reading = { file, lines, issues: [] };
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false });
  reading.issues.push(...[...document.errors, ...document.warnings].map((error) => syntaxIssue(reading, error)));

  const root = rootMapping(reading, document.contents);
  return { root, issues: reading.issues };
}

function rootMapping(reading: Reading, contents: unknown): ConfigMapping {
  const start: SourcePosition = { file: reading.file, line: 1, column: 1 };
  const empty: ConfigMapping = { kind: 'mapping', position: start, entries: new Map() };
  if (contents === null || (isScalar(contents) && contents.value === null)) return empty;
  const node = readNode(reading, contents);
  if (node.kind === 'mapping') return node;
  if (reading.issues.length === 0) {
    reading.issues.push({ ...node.position, path: '', expected: 'a mapping', found: `a ${node.kind}` });
  }
  return empty;
}

function readNode(reading: Reading, node: unknown): ConfigNode {
  const position = positionOf(reading, node as Node | null);
  if (isMap(node)) return { kind: 'mapping', position, entries: readEntries(reading, node.items) };
  if (isSeq(node)) return { kind: 'list', position, items: node.items.map((item) => readNode(reading, item)) };
  if (isScalar(node)) return scalar(position, node.value, node.type === Scalar.PLAIN);
  if (node !== null) {
    reading.issues.push({ ...position, path: '', expected: 'the value itself', found: 'an alias (*name)' });
  }
  return { ...scalar(position, null, false), broken: node !== null };
}

function readEntries(reading: Reading, pairs: readonly Pair[]): Map<string, ConfigEntry> {
  const entries = new Map<string, ConfigEntry>();
  for (const { key, value } of pairs) {
    const keyPosition = positionOf(reading, key as Node);
    if (!isScalar(key)) {
      reading.issues.push({ ...keyPosition, path: '', expected: 'a key of one word', found: 'another kind of key' });
      continue;
    }
    const node = readNode(reading, value);
    entries.set(String(key.value), { keyPosition, node: value === null ? { ...node, position: keyPosition } : node });
  }
  return entries;
}

function scalar(position: SourcePosition, value: unknown, plain: boolean): ConfigScalar {
  return { kind: 'scalar', position, value, plain, variables: [], broken: false };
}

function positionOf({ file, lines }: Reading, node: Node | null): SourcePosition {
  const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
  return { file, line, column: col };
}

function syntaxIssue({ file, lines }: Reading, error: YAMLError): ConfigIssue {
  const { line, col } = lines.linePos(error.pos[0]);
  return { file, line, column: col, path: '', expected: 'valid YAML', found: error.message };
}
