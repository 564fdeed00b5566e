import { decodeRecord, encodeRecord } from '../loop/record-file.js';
import type { AgentCheckpoint } from './train-agent.js';

const magic = 'IDAG';

/** The checkpoint of an agent as bytes. */
export function encodeAgentCheckpoint(checkpoint: AgentCheckpoint): Uint8Array {
  return encodeRecord(magic, checkpoint);
}

/**
 * The checkpoint that `encodeAgentCheckpoint` made these bytes of, identical in every number.
 *
 * @throws TrainingError `TRAINING_CHECKPOINT_CORRUPT` for bytes that are cut off or changed, or are no checkpoint of an agent
 */
export function decodeAgentCheckpoint(bytes: Uint8Array): AgentCheckpoint {
  return decodeRecord(magic, bytes) as AgentCheckpoint;
}
