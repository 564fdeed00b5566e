import type { ViewType } from '../api/experiments.js';
import { invalidValue } from '../faults.js';
import { assertKey } from './keys.js';
import { assertText } from './text.js';
import { assertLength } from './text-length.js';

const viewTypes: readonly string[] = ['ACTIVE_ONLY', 'DELETED_ONLY', 'ALL'] satisfies ViewType[];

/** Refuses a tag that a server refuses or would cut. */
export function assertExperimentTag(key: string, value: string): void {
  assertKey('tag', key);
  assertText(`value of tag "${key}"`, value);
  assertLength('experimentTagValue', `value of tag "${key}"`, value);
}

/** Refuses anything but the three views; a server takes another for the default. */
export function assertViewType(viewType: string | undefined): void {
  if (viewType === undefined || viewTypes.includes(viewType)) return;
  throw invalidValue(`Cannot search with view type "${viewType}": it is one of ${viewTypes.join(', ')}`, { viewType });
}
