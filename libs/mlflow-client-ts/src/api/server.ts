/** What a store can do, found out once per client. */
export interface Capabilities {
  /** As MLflow numbers itself, e.g. `3.17.2`; `undefined` for an embedded store. */
  readonly serverVersion: string | undefined;
  /** `unknown` when the server does not tell (before 3.5 or so). */
  readonly storeType: 'FileStore' | 'SqlStore' | 'unknown';
  /** Logged models, outputs of runs. */
  readonly hasLoggedModels: boolean;
  readonly hasWebhooks: boolean;
  /** Deleting a tag of an experiment. */
  readonly hasExperimentTagDeletion: boolean;
  readonly hasWorkspaces: boolean;
  /** Uploads in parts through the artifact proxy; `undefined` when only trying tells. */
  readonly hasMultipartUploads: boolean | undefined;
}

/** What is known about a store as a whole. */
export interface ServerMethods {
  /** `undefined` for an embedded store. */
  serverVersion(): Promise<string | undefined>;
  capabilities(): Promise<Capabilities>;
}
