import type { ModelSignature } from '@i-drill/core';
import type { Policy } from '@i-drill/training/agents';
import type { LoopPorts } from '../ports.js';

/** A policy in a file, ready to be asked. */
export interface RunnablePolicy {
  /** Set-points for sensor readings, both row-major in physical units. */
  act(observations: Float32Array, rows: number): Promise<Float32Array>;
  close(): Promise<void>;
}

/** A policy as a file, and back. */
export interface PolicyFormat {
  exportPolicy(policy: Policy): Uint8Array;
  signatureOf(policy: Pick<Policy, 'observation' | 'action'>): ModelSignature;
  openPolicy(onnx: Uint8Array): Promise<RunnablePolicy>;
}

/** The world, as the training and the judging of agents see it. */
export interface AgentPorts extends LoopPorts {
  readonly policies: PolicyFormat;
}
