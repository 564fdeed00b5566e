import { fileKeySchema, type KeySchema } from './problems/key-schema.js';

const variable: KeySchema = { type: 'string', pattern: '\\$\\{' };

/**
 * JSON Schema (draft 2020-12) of a configuration file, for editors: every key with its description and default. Keys
 * that take a number, a boolean or one word of a list also take text with a `${VAR}`, which is filled in before the check.
 */
export function configJsonSchema(): Record<string, unknown> {
  return { title: 'i-drill MLOps configuration', ...withVariables(fileKeySchema()) };
}

function withVariables(schema: KeySchema): KeySchema {
  if (schema.properties !== undefined) {
    const properties = Object.entries(schema.properties).map(([key, child]) => [key, withVariables(child)]);
    return { ...schema, properties: Object.fromEntries(properties) as Record<string, KeySchema> };
  }
  if (typeof schema.additionalProperties === 'object') {
    return { ...schema, additionalProperties: withVariables(schema.additionalProperties) };
  }
  return isScalarOtherThanText(schema) ? orVariable(schema) : schema;
}

function isScalarOtherThanText({ type, enum: words }: KeySchema): boolean {
  const types = [type ?? []].flat();
  return words !== undefined || types.some((name) => ['integer', 'number', 'boolean'].includes(name));
}

function orVariable({ description, default: value, ...rest }: KeySchema): KeySchema {
  return {
    ...(description === undefined ? {} : { description }),
    ...(value === undefined ? {} : { default: value }),
    anyOf: [rest, variable],
  };
}
