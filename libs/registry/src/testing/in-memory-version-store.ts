import { AppError } from '@i-drill/core';
import type { ModelStage, ModelVersion } from '../model-version.js';
import type { NewModelVersion, VersionStore } from '../version-store.js';

interface RegisteredModel {
  readonly versions: ModelVersion[];
  readonly aliases: Map<string, string>;
}

/** A version store that lives as long as the test. Time counts its writes, one millisecond each. */
export class InMemoryVersionStore implements VersionStore {
  private readonly models = new Map<string, RegisteredModel>();
  private writes = 0;

  ensureRegisteredModel(name: string): Promise<void> {
    if (!this.models.has(name)) this.models.set(name, { versions: [], aliases: new Map() });
    return Promise.resolve();
  }

  async createModelVersion({ name, source, runId, tags, description }: NewModelVersion): Promise<ModelVersion> {
    const { versions } = await this.model(name);
    const at = this.tick();
    const version: ModelVersion = {
      name,
      version: String(versions.length + 1),
      currentStage: 'None',
      source,
      runId,
      status: 'READY',
      description: description ?? '',
      tags: { ...tags },
      aliases: [],
      creationTimestamp: at,
      lastUpdatedTimestamp: at,
    };
    versions.push(version);
    return version;
  }

  async getModelVersion(name: string, version: string): Promise<ModelVersion> {
    const model = await this.model(name);
    return withAliases(model, await this.stored(name, version));
  }

  listModelVersions(name: string): Promise<ModelVersion[]> {
    const model = this.models.get(name);
    return Promise.resolve(model === undefined ? [] : model.versions.map((v) => withAliases(model, v)).reverse());
  }

  async findModelVersionByAlias(name: string, alias: string): Promise<ModelVersion | undefined> {
    const version = this.models.get(name)?.aliases.get(alias);
    return version === undefined ? undefined : this.getModelVersion(name, version);
  }

  async setModelVersionTag(name: string, version: string, key: string, value: string): Promise<void> {
    const found = await this.stored(name, version);
    await this.replace({ ...found, tags: { ...found.tags, [key]: value } });
  }

  async transitionModelVersionStage(
    name: string,
    version: string,
    stage: ModelStage,
    archiveExisting: boolean,
  ): Promise<ModelVersion> {
    const found = await this.stored(name, version);
    if (archiveExisting) await this.archiveOthers(found, stage);
    await this.replace({ ...found, currentStage: stage });
    return this.getModelVersion(name, version);
  }

  async setRegisteredModelAlias(name: string, alias: string, version: string): Promise<void> {
    await this.stored(name, version);
    (await this.model(name)).aliases.set(alias, version);
  }

  async deleteRegisteredModelAlias(name: string, alias: string): Promise<void> {
    (await this.model(name)).aliases.delete(alias);
  }

  private async archiveOthers(promoted: ModelVersion, stage: ModelStage): Promise<void> {
    const { versions } = await this.model(promoted.name);
    for (const other of versions) {
      if (other.version === promoted.version || other.currentStage !== stage) continue;
      await this.replace({ ...other, currentStage: 'Archived' });
    }
  }

  private async replace(version: ModelVersion): Promise<void> {
    const { versions } = await this.model(version.name);
    versions[Number(version.version) - 1] = { ...version, lastUpdatedTimestamp: this.tick() };
  }

  private async stored(name: string, version: string): Promise<ModelVersion> {
    const { versions } = await this.model(name);
    const found = versions.find((v) => v.version === version);
    if (found === undefined) throw notFound(`Cannot find version ${version} of "${name}": it does not exist`);
    return found;
  }

  private model(name: string): Promise<RegisteredModel> {
    const model = this.models.get(name);
    if (model !== undefined) return Promise.resolve(model);
    return Promise.reject(notFound(`Cannot find the registered model "${name}": it does not exist`));
  }

  private tick(): number {
    this.writes += 1;
    return this.writes;
  }
}

function withAliases({ aliases }: RegisteredModel, version: ModelVersion): ModelVersion {
  const own = [...aliases].filter(([, number]) => number === version.version).map(([alias]) => alias);
  return { ...version, aliases: own };
}

function notFound(message: string): AppError {
  return new AppError(message, { code: 'RESOURCE_DOES_NOT_EXIST' });
}
