/** Where something stands in a file. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A value and the place it was written at. */
export type ConfigNode = ConfigMapping | ConfigList | ConfigScalar;

/** Keys with their values. */
export interface ConfigMapping {
  readonly kind: 'mapping';
  readonly position: SourcePosition;
  readonly entries: ReadonlyMap<string, ConfigEntry>;
}

/** One key of a mapping. */
export interface ConfigEntry {
  readonly keyPosition: SourcePosition;
  readonly node: ConfigNode;
}

/** Values in order. */
interface ConfigList {
  readonly kind: 'list';
  readonly position: SourcePosition;
  readonly items: readonly ConfigNode[];
}

/** Text, number, boolean or null. */
export interface ConfigScalar {
  readonly kind: 'scalar';
  readonly position: SourcePosition;
  readonly value: unknown;
  /** Written without quotes: typed again after variables are filled in. */
  readonly plain: boolean;
  /** Names of the variables the value was made of. */
  readonly variables: readonly string[];
  /** Reported already; not to be judged again. */
  readonly broken: boolean;
}

/** The value without its places. */
export function plainValue(node: ConfigNode): unknown {
  switch (node.kind) {
    case 'mapping':
      return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plainValue(entry.node)]));
    case 'list':
      return node.items.map(plainValue);
    case 'scalar':
      return node.value;
  }
}
