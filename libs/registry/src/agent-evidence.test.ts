import { describe, expect, it } from 'vitest';
import type { AgentEvidence } from './evidence.js';
import { isAgentVersion, readAgentEvidence, readEvidence } from './evidence-tags.js';
import { registerVersion } from './register-version.js';
import { exampleEvidence, InMemoryVersionStore } from './testing/index.js';

const evidence: AgentEvidence = {
  modelType: 'ppo',
  digest: '0123456789abcdef'.repeat(4),
  signature: {
    inputs: [{ name: 'observation', dtype: 'float32', shape: [-1, 1] }],
    outputs: [{ name: 'action', dtype: 'float32', shape: [-1, 1] }],
  },
  policy: {
    environment: 'Drilling-v1',
    observation: [{ name: 'torque', unit: 'kN.m' }],
    action: [{ name: 'weight_on_bit', unit: 'kN' }],
  },
  metrics: { cost_per_m: 170 },
  dataFingerprint: 'fedcba9876543210'.repeat(4),
};
const registration = { name: 'agent', runId: 'r1', source: 'runs:/r1/model' };

describe('an agent in the registry', () => {
  it('comes back with its evidence', async () => {
    const version = await registerVersion(new InMemoryVersionStore(), { ...registration, evidence });
    expect(isAgentVersion(version)).toBe(true);
    expect(readAgentEvidence(version)).toEqual(evidence);
  });

  it('is not taken for a sequence model, nor the other way round', async () => {
    const store = new InMemoryVersionStore();
    const agent = await registerVersion(store, { ...registration, evidence });
    const sequence = await registerVersion(store, { ...registration, name: 'life', evidence: exampleEvidence() });
    const refusal = expect.objectContaining({ code: 'REGISTRY_WRONG_KIND' }) as Error;
    expect(() => readEvidence(agent)).toThrow(refusal);
    expect(() => readAgentEvidence(sequence)).toThrow(refusal);
    expect(readEvidence(sequence).modelType).toBe('lstm');
  });

  it('must say what it sees, what it sets and where it was trained', async () => {
    const policy = { environment: '', observation: [], action: [] };
    await expect(
      registerVersion(new InMemoryVersionStore(), { ...registration, evidence: { ...evidence, policy } }),
    ).rejects.toMatchObject({
      code: 'REGISTRY_EVIDENCE_MISSING',
      message: expect.stringMatching(/policy\.environment, policy\.observation.*policy\.action/) as string,
    });
  });
});
