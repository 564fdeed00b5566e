import { AppError } from '@i-drill/core';
import { InMemoryVersionStore } from '@i-drill/registry/testing';
import type { DatasetReference, MetricPoint, MlmodelDescription, RunStore } from '../ports.js';

/** A run as the store holds it. */
export interface StoredRun {
  readonly runId: string;
  readonly artifactUri: string;
  readonly experimentId: string;
  readonly runName: string;
  status: 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED';
  readonly startTime: number | undefined;
  endTime: number | undefined;
  readonly tags: Record<string, string>;
  readonly params: Record<string, string>;
  readonly history: MetricPoint[];
  readonly inputs: DatasetReference[];
  readonly artifacts: Map<string, Uint8Array>;
  readonly models: MlmodelDescription[];
}

type Batch = Parameters<RunStore['logBatch']>[1];

/** Runs and versions that live as long as the test. What `refuse` says goes wrong is refused. */
export class InMemoryRunStore extends InMemoryVersionStore implements RunStore {
  readonly runs: StoredRun[] = [];
  /** Why a batch is not taken; none is refused as long as it is not set. */
  refuse: (batch: Batch) => string | undefined = () => undefined;
  /** Waits before a batch is kept, as a distant server does. */
  delay: () => Promise<void> = () => Promise.resolve();

  ensureExperiment(name: string): Promise<string> {
    return Promise.resolve(`experiment ${name}`);
  }

  createRun(run: Parameters<RunStore['createRun']>[0]): Promise<StoredRun> {
    const runId = `run-${this.runs.length + 1}`;
    const stored: StoredRun = {
      runId,
      artifactUri: `memory:/${runId}`,
      experimentId: run.experimentId,
      runName: run.runName ?? '',
      status: 'RUNNING',
      startTime: run.startTime,
      endTime: undefined,
      tags: { ...run.tags },
      params: {},
      history: [],
      inputs: [],
      artifacts: new Map(),
      models: [],
    };
    this.runs.push(stored);
    return Promise.resolve(stored);
  }

  /** The run, with the latest value of every metric. */
  getRun(runId: string): Promise<StoredRun & { readonly metrics: Record<string, number> }> {
    const run = this.run(runId);
    return Promise.resolve({ ...run, metrics: Object.fromEntries(run.history.map(({ key, value }) => [key, value])) });
  }

  updateRun(runId: string, change: Parameters<RunStore['updateRun']>[1]): Promise<void> {
    Object.assign(this.run(runId), change);
    return Promise.resolve();
  }

  async logBatch(runId: string, batch: Batch): Promise<void> {
    await this.delay();
    const refusal = this.refuse(batch);
    if (refusal !== undefined) throw new AppError(refusal, { code: 'STORE_REFUSES' });
    const run = this.run(runId);
    if (run.status !== 'RUNNING') throw new AppError(`Cannot log to ${runId}: it is closed`, { code: 'RUN_IS_CLOSED' });
    run.history.push(...(batch.metrics ?? []));
    Object.assign(run.params, batch.params);
    Object.assign(run.tags, batch.tags);
  }

  logInputs(runId: string, datasets: readonly DatasetReference[]): Promise<void> {
    this.run(runId).inputs.push(...datasets);
    return Promise.resolve();
  }

  recordModel(runId: string, mlmodel: MlmodelDescription): Promise<void> {
    this.run(runId).models.push(mlmodel);
    return Promise.resolve();
  }

  uploadArtifact(runId: string, path: string, content: Uint8Array | string): Promise<void> {
    this.run(runId).artifacts.set(path, typeof content === 'string' ? Buffer.from(content) : content);
    return Promise.resolve();
  }

  downloadArtifact(runId: string, path: string): Promise<Uint8Array> {
    const content = this.run(runId).artifacts.get(path);
    if (content !== undefined) return Promise.resolve(content);
    const error = new AppError(`Cannot read ${path}: no such artifact`, { code: 'RESOURCE_DOES_NOT_EXIST' });
    return Promise.reject(error);
  }

  /** The text of an artifact. */
  async text(runId: string, path: string): Promise<string> {
    return Buffer.from(await this.downloadArtifact(runId, path)).toString('utf8');
  }

  private run(runId: string): StoredRun {
    const run = this.runs.find((one) => one.runId === runId);
    if (run === undefined) throw new AppError(`Cannot find ${runId}`, { code: 'RESOURCE_DOES_NOT_EXIST' });
    return run;
  }
}
