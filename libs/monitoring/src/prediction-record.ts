/** One line of the prediction log. */
export interface PredictionRecord {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly requestId: string;
  readonly model: string;
  readonly version: string;
  readonly arm: string;
  readonly environment: string;
  /** Where the window comes from; windows of one rig form one series. */
  readonly rig?: string;
  readonly latencyMs: number;
  readonly ok: boolean;
  readonly error?: string;
  /** The window that was sent, raw, shape [T][F]. */
  readonly inputs?: readonly (readonly number[])[];
  readonly output?: number;
  /** Ends of the interval of the output, where the model gives one. */
  readonly lower?: number;
  readonly upper?: number;
}
