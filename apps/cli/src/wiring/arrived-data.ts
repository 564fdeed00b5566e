import type { Preprocessing, SensorDataset } from '@i-drill/core';
import { classifyTarget, readUnitTable, selectUnits, type TableSchema } from '@i-drill/datasets';
import type { DatasetRecipe } from '@i-drill/workflows';
import type { DataPart } from './data-part.js';
import { knownArrivals } from './data-plan.js';

/**
 * The columns a file of labelled arrivals must have for a model: a unit, the model's features, its target, which of classes is
 * the number they are made of. The rows are judged as the version was.
 */
export function arrivalSchema(name: string, preprocessing: Preprocessing, recipe: DatasetRecipe): TableSchema {
  const { features, anchorFeature } = preprocessing;
  const { task, target } = recipe.classes?.of ?? preprocessing;
  return {
    name,
    task,
    features,
    target,
    evaluateOn: recipe.evaluateOn ?? 'every-row',
    ...(anchorFeature === undefined ? {} : { anchorFeature }),
  };
}

/** The units of a file that none of the parts of a recipe holds yet; `undefined` when it has no new ones. */
export async function arrivedSince(
  path: string,
  schema: TableSchema,
  { parts, classes }: DatasetRecipe,
): Promise<SensorDataset | undefined> {
  const numbers = await readUnitTable(path, schema);
  const all = classes === undefined ? numbers : classifyTarget(numbers, classes);
  const known = knownArrivals(parts as unknown as readonly DataPart[], path);
  const fresh = [...new Set(all.segments.map((segment) => segment.unit))].filter((unit) => !known.has(unit));
  return fresh.length === 0 ? undefined : selectUnits(all, fresh);
}
