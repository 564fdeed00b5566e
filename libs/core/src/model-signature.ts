/** One tensor at the door of a model. A dimension of −1 is free. */
export interface TensorSpec {
  readonly name: string;
  readonly dtype: 'float32';
  readonly shape: readonly number[];
}

/** What goes into a model and what comes out. */
export interface ModelSignature {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
}

/** A registered version, by name and number. */
export interface ModelVersionRef {
  readonly name: string;
  /** Decimal number as text, as MLflow writes it. */
  readonly version: string;
}
