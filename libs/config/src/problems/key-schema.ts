import * as z from 'zod';
import { fileSchema } from '../mlops-config.js';

/** The part of JSON Schema that the schemas of this library use. */
export interface KeySchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, KeySchema>>;
  readonly additionalProperties?: boolean | KeySchema;
  readonly items?: KeySchema;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly anyOf?: readonly KeySchema[];
  readonly default?: unknown;
}

/** The schema of a whole file. */
export function fileKeySchema(): KeySchema {
  return z.toJSONSchema(fileSchema, { io: 'input', target: 'draft-2020-12' }) as KeySchema;
}

/** The schema of one key; `undefined` where the path leads nowhere. */
export function schemaAt(root: KeySchema, path: readonly PropertyKey[]): KeySchema | undefined {
  let schema: KeySchema | undefined = root;
  for (const key of path) schema = childSchema(schema, key);
  return schema;
}

function childSchema(schema: KeySchema | undefined, key: PropertyKey): KeySchema | undefined {
  if (typeof key === 'number') return schema?.items;
  const free = schema?.additionalProperties;
  return schema?.properties?.[String(key)] ?? (typeof free === 'object' ? free : undefined);
}
