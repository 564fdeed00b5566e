import { RegistryError } from './errors.js';
import type { ModelStage, ModelVersion, ServingStage } from './model-version.js';
import { readVerdict, type VerdictRecord } from './verdict-record.js';

const mayBecomeProduction: readonly ModelStage[] = ['Staging', 'Production', 'Archived'];

/**
 * The verdict a promotion rests on, once the rules allow it: any promotion needs a `passed` verdict, and Production takes
 * a version from Staging, or back from Archived (a rollback).
 */
export function requirePromotable(version: ModelVersion, to: ServingStage): VerdictRecord {
  const verdict = readVerdict(version);
  if (verdict?.status !== 'passed') throw notValidated(version, to, verdict);
  if (to === 'Production' && !mayBecomeProduction.includes(version.currentStage)) throw notStaged(version);
  return verdict;
}

function notValidated(version: ModelVersion, to: ServingStage, verdict: VerdictRecord | undefined): RegistryError {
  const given =
    verdict === undefined ? 'it has no verdict' : `its verdict is ${verdict.status} (${verdict.reportPath})`;
  return new RegistryError(
    `Cannot promote version ${version.version} of "${version.name}" to ${to}: ${given}; only a version that passed validation may go there`,
    {
      code: 'REGISTRY_NOT_VALIDATED',
      details: { name: version.name, version: version.version, to, status: verdict?.status ?? null },
    },
  );
}

function notStaged(version: ModelVersion): RegistryError {
  return new RegistryError(
    `Cannot promote version ${version.version} of "${version.name}" to Production: its stage is ${version.currentStage}; promote it to Staging first`,
    {
      code: 'REGISTRY_NOT_STAGED',
      details: { name: version.name, version: version.version, stage: version.currentStage },
    },
  );
}
