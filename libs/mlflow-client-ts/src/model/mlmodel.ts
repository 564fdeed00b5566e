/** A value of JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** The `MLmodel` file as an object: what MLflow must know to load a model. */
export interface MlmodelJson {
  readonly artifact_path: string;
  readonly run_id: string;
  readonly utc_time_created: string;
  readonly model_uuid: string;
  readonly flavors: Readonly<Record<string, Readonly<Record<string, JsonValue>>>>;
  readonly [key: string]: JsonValue;
}
