/** One request to a started model server, and the answer it must give. */
export interface SmokeTest {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly expectStatus: number;
  /** The answer must hold one finite prediction per window sent. */
  readonly expectFinitePrediction?: boolean;
}
