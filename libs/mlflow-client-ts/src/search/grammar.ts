import type { SearchEntity } from './filter-builder.js';

/** How a clause compares. */
export type Comparator =
  '=' | '!=' | '>' | '>=' | '<' | '<=' | 'LIKE' | 'ILIKE' | 'IN' | 'NOT IN' | 'IS NULL' | 'IS NOT NULL';

/** What a clause speaks of. */
export type IdentifierKind = 'attribute' | 'metric' | 'param' | 'tag' | 'dataset';

/**
 * What a value is compared as: `wholeNumber` refuses fractions, `version` is a whole number that may be quoted, `digits` a quoted decimal
 * number such as an experiment id.
 */
export type ValueType = 'number' | 'wholeNumber' | 'version' | 'digits' | 'text';

/** How one kind of key, or one attribute, is compared. */
export interface Field {
  readonly type: ValueType;
  readonly comparators: readonly Comparator[];
}

/** An attribute under the name that readers of values know. */
export interface Attribute extends Field {
  readonly key: string;
}

/** The filter language of one entity, as MLflow 3.17 speaks it. */
export interface Grammar {
  /** Prefix as written (its case counts) to kind. A key without prefix is an attribute. */
  readonly prefixes: Readonly<Record<string, IdentifierKind>>;
  /** Names as written to attributes. */
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly fields: Readonly<Partial<Record<IdentifierKind, Field>>>;
  /** Names as written to the attributes that can be ordered by. */
  readonly sortable: Readonly<Record<string, Attribute>>;
  readonly sortableKinds: readonly IdentifierKind[];
  readonly defaultOrder: readonly string[];
  /** What decides between equals, where the order does not mention it. */
  readonly ties: readonly string[];
  readonly allowsRepeatedOrder: boolean;
  /** Whether an attribute and a prefix may stand in backticks, an attribute also in double quotes. */
  readonly quotedNames: { readonly attribute: boolean; readonly prefix: boolean };
  /** Whether LIKE, ILIKE and IN must be written in capitals. */
  readonly needsCapitals: boolean;
  /** Logged models have a parser of their own on a server: texts in single quotes or bare, keys in backticks. */
  readonly hasBareTexts: boolean;
}

const ordered = ['=', '!=', '>', '>=', '<', '<='] as const;
const textual = ['=', '!=', 'LIKE', 'ILIKE'] as const;
const listed = [...textual, 'IN', 'NOT IN'] as const;
const nullable = [...textual, 'IS NULL', 'IS NOT NULL'] as const;

const number: Field = { type: 'number', comparators: ordered };
const wholeNumber: Field = { type: 'wholeNumber', comparators: ordered };
const text: Field = { type: 'text', comparators: textual };
const textOrList: Field = { type: 'text', comparators: listed };
const textOrNull: Field = { type: 'text', comparators: nullable };

type Named = Readonly<Record<string, Attribute>>;

/** An attribute under its own name and under others. */
function named(key: string, field: Field, aliases: readonly string[] = []): Named {
  return Object.fromEntries([key, ...aliases].map((name) => [name, { ...field, key }]));
}

const common = {
  allowsRepeatedOrder: false,
  quotedNames: { attribute: false, prefix: false },
  needsCapitals: false,
  hasBareTexts: false,
} as const;

const runAttributes: Named = {
  ...named('run_id', textOrList),
  ...named('run_name', text, ['run name', 'Run name', 'Run Name']),
  ...named('status', text),
  ...named('artifact_uri', text),
  ...named('user_id', text),
  ...named('start_time', number, ['created', 'Created']),
  ...named('end_time', number),
};

const runs: Grammar = {
  ...common,
  prefixes: {
    metric: 'metric',
    metrics: 'metric',
    param: 'param',
    params: 'param',
    parameter: 'param',
    parameters: 'param',
    tag: 'tag',
    tags: 'tag',
    attribute: 'attribute',
    attributes: 'attribute',
    attr: 'attribute',
    run: 'attribute',
    dataset: 'dataset',
    datasets: 'dataset',
  },
  attributes: runAttributes,
  fields: { metric: number, param: textOrNull, tag: textOrNull, dataset: textOrList },
  sortable: without(runAttributes, ['run name', 'Run name', 'Run Name']),
  sortableKinds: ['attribute', 'metric', 'param', 'tag'],
  defaultOrder: [],
  ties: ['start_time DESC', 'run_id ASC'],
  quotedNames: { attribute: true, prefix: true },
};

const experimentAttributes: Named = {
  ...named('name', text),
  ...named('experiment_id', { type: 'digits', comparators: ['=', '!=', 'IN', 'NOT IN'] }),
  ...named('creation_time', wholeNumber),
  ...named('last_update_time', wholeNumber),
};

const experiments: Grammar = {
  ...common,
  prefixes: { attribute: 'attribute', tag: 'tag', tags: 'tag' },
  attributes: experimentAttributes,
  fields: { tag: textOrNull },
  sortable: experimentAttributes,
  sortableKinds: ['attribute'],
  defaultOrder: ['creation_time DESC', 'experiment_id ASC'],
  ties: ['experiment_id DESC'],
  allowsRepeatedOrder: true,
  quotedNames: { attribute: true, prefix: false },
  needsCapitals: true,
};

const registeredModels: Grammar = {
  ...common,
  prefixes: { attribute: 'attribute', tag: 'tag', tags: 'tag' },
  attributes: named('name', textOrList),
  fields: { tag: text },
  sortable: { ...named('name', text), ...named('last_updated_timestamp', wholeNumber, ['timestamp']) },
  sortableKinds: [],
  defaultOrder: [],
  ties: ['name ASC'],
};

const modelVersions: Grammar = {
  ...common,
  prefixes: { attribute: 'attribute', tag: 'tag', tags: 'tag' },
  attributes: {
    ...named('name', textOrList),
    ...named('run_id', textOrList),
    ...named('source_path', text),
    ...named('version_number', { type: 'version', comparators: ordered }),
  },
  fields: { tag: text },
  sortable: {
    ...named('name', text),
    ...named('version_number', number),
    ...named('creation_timestamp', number),
    ...named('last_updated_timestamp', number),
  },
  sortableKinds: ['attribute'],
  defaultOrder: ['last_updated_timestamp DESC', 'name ASC', 'version_number DESC'],
  ties: ['name ASC', 'version_number DESC'],
  quotedNames: { attribute: false, prefix: false },
};

const loggedModelAttributes: Named = {
  ...named('name', textOrList),
  ...named('model_id', textOrList),
  ...named('experiment_id', textOrList),
  ...named('artifact_location', textOrList),
  ...named('model_type', textOrList),
  ...named('source_run_id', textOrList),
  ...named('status', textOrList), // as a server keeps it: 1 pending, 2 ready, 3 upload failed
  ...named('status_message', textOrList),
  ...named('lifecycle_stage', textOrList),
  ...named('creation_timestamp_ms', number, ['creation_timestamp', 'creation_time']),
  ...named('last_updated_timestamp_ms', number, ['last_updated_timestamp']),
};

const loggedModels: Grammar = {
  ...common,
  prefixes: { attributes: 'attribute', metrics: 'metric', params: 'param', tags: 'tag' },
  attributes: loggedModelAttributes,
  fields: { metric: number, param: textOrList, tag: textOrList },
  sortable: loggedModelAttributes,
  sortableKinds: ['metric'],
  defaultOrder: [],
  ties: ['creation_timestamp DESC', 'model_id ASC'],
  allowsRepeatedOrder: true,
  quotedNames: { attribute: true, prefix: false },
  hasBareTexts: true,
};

function without(names: Named, left: readonly string[]): Named {
  return Object.fromEntries(Object.entries(names).filter(([name]) => !left.includes(name)));
}

/** The grammar of everything that can be searched. */
export const grammars: Readonly<Record<SearchEntity, Grammar>> = {
  runs,
  experiments,
  registeredModels,
  modelVersions,
  loggedModels,
};
