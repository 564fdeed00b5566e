import { isDeepStrictEqual } from 'node:util';

type Parts = Readonly<Record<string, unknown>>;

/**
 * A description of a store in which everything has a name: lists become records, by the name, key or number of their items. So points that were
 * written twice count once.
 */
export function named(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.fromEntries(value.map((item) => [nameOf(item), named(item)]));
  // Aliases are kept with the model, and only shown with the version.
  const entries = Object.entries(value).filter(([key]) => key !== 'aliases' || !('version' in value));
  return Object.fromEntries(entries.map(([key, item]) => [key, key === 'histories' ? points(item) : named(item)]));
}

function nameOf(item: unknown): string {
  const { name, runName, version, key, modelId } = (typeof item === 'object' ? item : {}) as Record<
    string,
    string | undefined
  >;
  return version ?? name ?? runName ?? key ?? modelId ?? JSON.stringify(item);
}

// Histories grow point by point; all of their points are on one level, so that each counts by itself.
function points(histories: unknown): Parts {
  const entries = Object.entries(histories as Readonly<Record<string, unknown[]>>);
  return Object.fromEntries(
    entries.flatMap(([key, list]) => list.map((point) => [`${key} ${JSON.stringify(point)}`, point])),
  );
}

/** Where a store is neither as it was nor as it was to become, part by part; empty when it is one or the other everywhere. */
export function strangeParts(actual: unknown, before: unknown, after: unknown, path = ''): string[] {
  if (isDeepStrictEqual(actual, before) || isDeepStrictEqual(actual, after)) return [];
  if (!isRecord(actual) || !isRecord(before) || !isRecord(after)) return [path];
  const keys = new Set([actual, before, after].flatMap((each) => Object.keys(each)));
  return [...keys].flatMap((key) => strangeParts(actual[key], before[key], after[key], `${path}/${key}`));
}

function isRecord(value: unknown): value is Parts {
  return typeof value === 'object' && value !== null;
}
