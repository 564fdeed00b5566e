/** Stage of a version in MLflow. */
export type ModelStage = 'None' | 'Staging' | 'Production' | 'Archived';

/** The two stages a version is promoted to. */
export type ServingStage = 'Staging' | 'Production';

/** One registered version, as the store gives it. */
export interface ModelVersion {
  readonly name: string;
  /** Decimal number as text. */
  readonly version: string;
  readonly currentStage: ModelStage;
  /** Where the artifact lies, for example `runs:/<run id>/model`. */
  readonly source: string;
  readonly runId: string;
  readonly status: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly aliases: readonly string[];
  /** Milliseconds since the Unix epoch. */
  readonly creationTimestamp: number;
  readonly lastUpdatedTimestamp: number;
}
