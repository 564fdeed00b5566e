import type { SearchEntity } from './filter-builder.js';
import { grammars, type Attribute, type Field, type IdentifierKind } from './grammar.js';

/** What a clause or an order speaks of. Attributes stand under their first name of `grammar.ts`. */
export interface Identifier {
  readonly kind: IdentifierKind;
  readonly key: string;
}

/** An identifier, and how it is compared. */
export interface ReadIdentifier {
  readonly identifier: Identifier;
  readonly field: Field;
}

const datasetKeys = ['name', 'digest', 'context'];

/** Reads `metrics.rmse`, `` tags.`mlflow.user` `` or `status`; `undefined` when the entity has nothing of that name. */
export function readIdentifier(entity: SearchEntity, raw: string): ReadIdentifier | undefined {
  const grammar = grammars[entity];
  const dot = raw.indexOf('.');
  const kind = dot < 0 ? 'attribute' : kindOf(entity, raw.slice(0, dot));
  if (kind === undefined) return undefined;
  const written = raw.slice(dot + 1);
  if (kind === 'attribute') return ofAttribute(grammar.attributes, attributeName(entity, written, dot >= 0));
  const key = unquoteKey(entity, written);
  const field = grammar.fields[kind];
  if (field === undefined || key === '' || (kind === 'dataset' && !datasetKeys.includes(key))) return undefined;
  return { identifier: { kind, key }, field };
}

function kindOf(entity: SearchEntity, written: string): IdentifierKind | undefined {
  const { prefixes, quotedNames } = grammars[entity];
  const prefix = quotedNames.prefix ? unquote(written, '`') : written;
  return Object.hasOwn(prefixes, prefix) ? prefixes[prefix] : undefined;
}

function attributeName(entity: SearchEntity, written: string, hasPrefix: boolean): string {
  const { quotedNames, hasBareTexts, attributes } = grammars[entity];
  const name = quotedNames.attribute ? unquoteKey(entity, written) : written;
  // A server knows the short names of logged models' times only without prefix and quotes.
  const isPlain = !hasPrefix && name === written;
  return hasBareTexts && !isPlain && attributes[name]?.key !== name ? '' : name;
}

/** The attribute of that name among some. */
export function ofAttribute(names: Readonly<Record<string, Attribute>>, name: string): ReadIdentifier | undefined {
  const field = Object.hasOwn(names, name) ? names[name] : undefined;
  return field && { identifier: { kind: 'attribute', key: field.key }, field };
}

function unquoteKey(entity: SearchEntity, written: string): string {
  if (grammars[entity].hasBareTexts) return written.replace(/^`+|`+$/g, '');
  return unquote(unquote(unquote(written, "'"), '"'), '`');
}

/** Without the given quotes, where they enclose it. */
export function unquote(text: string, quote: string): string {
  return text.length >= 2 && text.startsWith(quote) && text.endsWith(quote) ? text.slice(1, -1) : text;
}

/** For messages: what an entity can be searched, or ordered, by. */
export function knownNames(entity: SearchEntity, use: 'filter' | 'order'): string {
  const { attributes, sortable, fields, sortableKinds } = grammars[entity];
  const names = Object.values(use === 'filter' ? attributes : sortable).map(({ key }) => key);
  const kinds = use === 'filter' ? Object.keys(fields) : sortableKinds.filter((kind) => kind !== 'attribute');
  const prefixed = kinds.map((kind) => (kind === 'dataset' ? 'datasets.name' : `${kind}s.<key>`));
  return [...prefixed, ...new Set(names)].join(', ');
}
