/** What can be searched. */
export type SearchEntity = 'runs' | 'experiments' | 'registeredModels' | 'modelVersions' | 'loggedModels';

/** A filter that the grammar of one entity can express, as text. */
export interface Filter<E extends SearchEntity> {
  readonly entity: E;
  /** In MLflow's filter language. */
  readonly text: string;
}
