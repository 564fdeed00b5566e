import { invalidValue } from '../faults.js';

/** What a clause of a filter speaks of. */
export interface Identifier {
  readonly entity: 'metric' | 'param' | 'tag' | 'attribute' | 'dataset';
  readonly key: string;
}

const prefixes = new Map<string, Identifier['entity']>([
  ['metric', 'metric'],
  ['metrics', 'metric'],
  ['param', 'param'],
  ['params', 'param'],
  ['parameter', 'param'],
  ['parameters', 'param'],
  ['tag', 'tag'],
  ['tags', 'tag'],
  ['attribute', 'attribute'],
  ['attributes', 'attribute'],
  ['attr', 'attribute'],
  ['run', 'attribute'],
  ['dataset', 'dataset'],
  ['datasets', 'dataset'],
]);

const attributeNames = new Map([
  ['run_id', 'run_id'],
  ['run_name', 'run_name'],
  ['Run name', 'run_name'],
  ['status', 'status'],
  ['artifact_uri', 'artifact_uri'],
  ['start_time', 'start_time'],
  ['created', 'start_time'],
  ['end_time', 'end_time'],
]);

const datasetKeys = new Set(['name', 'digest', 'context']);

/** Reads `metrics.rmse`, `` tags.`mlflow.user` `` or `status`. */
export function readIdentifier(text: string): Identifier {
  const dot = text.indexOf('.');
  const prefix = dot < 0 ? undefined : prefixes.get(unquote(text.slice(0, dot)).toLowerCase());
  const entity = prefix ?? 'attribute';
  const key = unquote(prefix === undefined ? text : text.slice(dot + 1));
  if (entity === 'attribute') return { entity, key: attributeName(text, key) };
  if (key === '' || (entity === 'dataset' && !datasetKeys.has(key))) throw unknown(text);
  return { entity, key };
}

function attributeName(text: string, key: string): string {
  const name = attributeNames.get(key);
  if (name === undefined) throw unknown(text);
  return name;
}

function unquote(text: string): string {
  return /^(["`]).*\1$/.test(text) ? text.slice(1, -1) : text;
}

function unknown(text: string): Error {
  return invalidValue(
    `Cannot search runs by ${JSON.stringify(text)}: use metrics.<key>, params.<key>, tags.<key>, datasets.name, or one of ${[...new Set(attributeNames.values())].join(', ')}`,
    { identifier: text },
  );
}

/** Attributes and metrics that compare as numbers. */
export function isNumeric({ entity, key }: Identifier): boolean {
  return entity === 'metric' || (entity === 'attribute' && (key === 'start_time' || key === 'end_time'));
}
