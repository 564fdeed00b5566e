import fc from 'fast-check';
import type { SearchEntity } from '../../src/search/filter-builder.js';
import { keys, texts, type Labels } from './sample-data.js';

/** A filter and an order in which `{label}` stands for what each store names differently. */
export interface SampleSearch {
  readonly filter: string;
  readonly orderBy: readonly string[];
}

const key = fc.constantFrom(...keys).map((name) => (name === 'a' ? name : `\`${name}\``));
const number = fc.constantFrom('0', '1', '-1', '1.5', '-2.5', '1e3', '.5', '0.1', '-1e-3', '5.');
const text = fc.constantFrom(...texts).map((each) => (each.includes("'") ? `"${each}"` : `'${each}'`));
const single = fc
  .constantFrom(...texts)
  .filter((each) => !each.includes("'"))
  .map((each) => `'${each}'`);
const pattern = fc.constantFrom(
  "'%a%'",
  "'A%'",
  "'a_b%'",
  "'%é%'",
  "'%É'",
  "'%'",
  "''",
  "'%5'",
  "'100%'",
  "'_'",
  "'%\"%'",
);
const ordered = fc.constantFrom('=', '!=', '<', '<=', '>', '>=');
const list = (item: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.uniqueArray(item, { minLength: 1, maxLength: 3 }).map((items) => `(${items.join(', ')})`);

const row = (...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((each) => each.join(''));

const words = (...each: string[]): fc.Arbitrary<string> => fc.constantFrom(...each);

/** Comparisons of a text under the given names. */
function textual(
  names: fc.Arbitrary<string>,
  value = text,
  like = words('LIKE', 'ILIKE', 'like'),
): fc.Arbitrary<string> {
  return fc.oneof(row(names, ' ', words('=', '!='), ' ', value), row(names, ' ', like, ' ', pattern));
}

const listing = words('IN', 'NOT IN', 'in');
const label = (kind: string, count: number): fc.Arbitrary<string> => fc.nat(count - 1).map((n) => `{${kind} ${n}}`);

const named = row(words('alpha', 'Alpha', 'a_b', 'é'), ' ', fc.nat(5).map(String)).map((name) => `'${name}'`);
const tag = row(words('tag.', 'tags.'), key);

const clauses: Readonly<Record<SearchEntity, fc.Arbitrary<string>>> = {
  runs: fc.oneof(
    row(words('metrics.', 'metric.', '`metrics`.'), key, ' ', ordered, ' ', number),
    textual(row(words('params.', 'param.', 'tags.', 'parameters.'), key)),
    row(words('params.', 'tags.'), key, ' ', words('IS NULL', 'is not null')),
    textual(words('run_name', 'attributes.`Run name`', 'run.run_name'), named),
    textual(words('status'), words("'RUNNING'", "'FINISHED'", '"FAILED"')),
    row(words('start_time', 'attr.created', 'end_time'), ' ', ordered, ' ', words('1010', '1020', '1005.5', '1')),
    row('run_id ', listing, ' ', list(label('run', 30).map((each) => `'${each}'`))),
    row('run_id ', words('=', '!=', 'LIKE'), " '", label('run', 30), "'"),
    textual(words('datasets.name', 'dataset.digest', 'datasets.context'), words("'wells'", "'Rigs'", "'d0'", "'Test'")),
    row(
      'datasets.',
      words('name', 'context'),
      ' ',
      listing,
      ' ',
      list(words("'wells'", "'é'", "'training'", "'Test'")),
    ),
  ),
  experiments: fc.oneof(
    textual(tag, text, words('LIKE', 'ILIKE')),
    row(tag, ' ', words('IS NULL', 'is not null')),
    textual(words('name', 'attribute.name', '`name`'), named, words('LIKE', 'ILIKE')),
    row(words('creation_time', 'last_update_time'), ' ', ordered, ' ', label('experiment time', 12)),
    row('experiment_id ', words('IN', 'NOT IN'), ' ', list(label('experiment', 12).map((each) => `'${each}'`))),
    row('experiment_id ', words('=', '!='), " '0", label('experiment', 12), "'"),
  ),
  registeredModels: fc.oneof(
    textual(tag),
    textual(words('name', 'attribute.name'), named),
    row('name ', listing, ' ', list(named)),
    row('tags.`mlflow.prompt.is_prompt` ', words("= 'true'", "!= 'true'", "LIKE 'x'")),
  ),
  modelVersions: fc.oneof(
    textual(tag),
    textual(words('name'), named),
    row(words('name '), listing, ' ', list(named)),
    row('run_id ', listing, ' ', list(label('run', 6).map((each) => `'${each}'`))),
    row('run_id ', words("= ''", "!= ''", "LIKE '%'")),
    row('source_path ', words("LIKE 'runs:/%'", "ILIKE '%/MODEL'", "!= 'x'")),
    row('version_number ', ordered, ' ', words('1', '2', "'1'", '-1')),
  ),
  loggedModels: fc.oneof(
    row('metrics.', key, ' ', ordered, ' ', number),
    textual(row(words('params.', 'tags.'), key), fc.oneof(single, words('5', 'alpha'))),
    row(words('params.', 'tags.'), key, ' ', listing, ' ', list(single)),
    textual(words('name', 'attributes.name'), named),
    textual(words('model_type'), words("'lstm'", "'LSTM'", 'tree')),
    row('model_id ', listing, ' ', list(label('model', 20).map((each) => `'${each}'`))),
    row('source_run_id ', words('=', '!='), " '{run 0}'"),
    row(words('creation_time', 'creation_timestamp'), ' ', ordered, ' ', label('model time', 20)),
    row('status ', words("= 'READY'", "!= 'READY'", "= '2'", "!= '1'", "LIKE '2'")),
  ),
};

// Each is refused by every store.
const mistakes = words(
  "metrics.a = 'x'",
  "params.a > 'x'",
  "nonsense.a = 'x'",
  "stage = 'x'",
  "aliases = 'x'",
  "name == 'x'",
  "tags.a = 'x' OR tags.a = 'y'",
  "(tags.a = 'x')",
  'tags.a = x y',
  "tags.values = 'x'",
  'tags.a =',
  "tags.a BETWEEN 'a' AND 'b'",
  "NOT tags.a = 'x'",
  "tags.a = 'x';",
);

const orders: Readonly<Record<SearchEntity, fc.Arbitrary<string>>> = {
  runs: fc.oneof(
    row(words('metrics.', 'params.', 'tags.'), key),
    words('run_name', 'status', 'start_time', 'end_time', 'attributes.created', 'lifecycle_stage', 'datasets.name'),
  ),
  experiments: words('name', 'experiment_id', 'creation_time', 'attribute.last_update_time', 'tags.a'),
  registeredModels: words('name', 'last_updated_timestamp', 'timestamp', 'creation_timestamp', 'attribute.name'),
  modelVersions: words('name', 'version_number', 'creation_timestamp', 'attribute.last_updated_timestamp', 'run_id'),
  loggedModels: fc.oneof(
    fc.constantFrom(...keys).map((name) => `metrics.${name}`),
    words('name', 'model_type', 'creation_time', 'status', 'last_updated_time', 'params.a'),
  ),
};

/** Searches of one entity, the same at every run. */
export function sampleSearches(entity: SearchEntity, count: number): SampleSearch[] {
  const clause = fc.oneof({ weight: 14, arbitrary: clauses[entity] }, { weight: 1, arbitrary: mistakes });
  const separator = words(' AND ', ' and ', '\nAND  ', ' AND AND ');
  const filter = fc.tuple(fc.array(clause, { maxLength: 3 }), separator).map(([each, by]) => each.join(by));
  const order = row(orders[entity], words('', ' ASC', ' DESC', ' desc'));
  const orderBy = fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(order, { minLength: 1, maxLength: 2 }));
  return fc.sample(fc.record({ filter, orderBy }), { seed: 5, numRuns: count });
}

/** A text with its labels filled in for one store. */
export function fillIn(template: string, labels: Labels): string {
  return template.replace(/\{([^}]+)\}/g, (_, name: string) => labels.get(name) ?? '');
}
