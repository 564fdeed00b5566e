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

/** The rig that smoke tests name as their sender, so that monitoring can leave them out. */
export const smokeTestRig = 'smoke-test';
