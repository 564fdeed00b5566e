import type { Run, RunSearch } from '../api/runs.js';
import { parseFilter } from './filter.js';
import { matches } from './match.js';
import { sortRuns } from './order.js';

/** Finds among runs in memory what a server would find. */
export function searchInMemory(runs: readonly Run[], search: Omit<RunSearch, 'experimentIds'>): Run[] {
  const clauses = parseFilter(search.filter ?? '');
  const found = runs.filter((run) => clauses.every((clause) => matches(run, clause)));
  return sortRuns(found, search.orderBy ?? []).slice(0, search.maxResults);
}
