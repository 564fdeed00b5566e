import type * as z from 'zod';
import type { ConfigMapping } from '../source/config-node.js';
import type { ConfigIssue } from './config-issue.js';
import { expectation } from './expectation.js';
import { finding } from './finding.js';
import { fileKeySchema, type KeySchema, schemaAt } from './key-schema.js';
import { locate } from './locate.js';
import { keyHint, nearest } from './suggestion.js';

type ZodIssue = z.core.$ZodIssue;

/** What zod found, as places in files. Values that are reported already are left out. */
export function schemaIssues(root: ConfigMapping, issues: readonly ZodIssue[]): ConfigIssue[] {
  const schema = fileKeySchema();
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownKey(root, schema, issue.path, key))
      : wrongValue(root, schema, issue),
  );
}

function unknownKey(root: ConfigMapping, schema: KeySchema, parent: readonly PropertyKey[], key: string): ConfigIssue {
  const path = [...parent, key];
  const hint = keyHint(schema, parent, key);
  return {
    ...locate(root, path).keyPosition,
    path: path.join('.'),
    expected: 'a known key',
    found: JSON.stringify(key),
    ...(hint === undefined ? {} : { hint }),
  };
}

function wrongValue(root: ConfigMapping, schema: KeySchema, issue: ZodIssue): ConfigIssue[] {
  const { node, position } = locate(root, issue.path);
  if (node?.kind === 'scalar' && node.broken) return [];
  const hint = issue.code === 'invalid_value' ? valueHint(node, issue.values) : undefined;
  return [
    {
      ...position,
      path: issue.path.join('.'),
      expected: isWorded(issue) ? issue.message : expectation(schemaAt(schema, issue.path)),
      found: finding(node),
      ...(hint === undefined ? {} : { hint }),
    },
  ];
}

/** Rules between keys and formats of text say in their own words what they expect. */
function isWorded(issue: ZodIssue): boolean {
  return issue.code === 'custom' || issue.code === 'invalid_format';
}

function valueHint(node: unknown, values: readonly unknown[]): string | undefined {
  const value = (node as { readonly value?: unknown } | undefined)?.value;
  const near = typeof value === 'string' ? nearest(value, values.map(String)) : undefined;
  return near === undefined ? undefined : `did you mean "${near}"?`;
}
