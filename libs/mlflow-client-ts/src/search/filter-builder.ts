/** What can be searched. */
export type SearchEntity = 'runs' | 'experiments' | 'registeredModels' | 'modelVersions' | 'loggedModels';

/** A filter that the grammar of one entity can express, as text. */
export interface Filter<E extends SearchEntity> {
  readonly entity: E;
  /** In MLflow's filter language. */
  readonly text: string;
}

/** The text of a filter; empty when there is none. */
export function filterText(filter: string | Filter<SearchEntity> | undefined): string {
  return typeof filter === 'object' ? filter.text : (filter ?? '');
}
