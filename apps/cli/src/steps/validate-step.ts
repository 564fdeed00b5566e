import { createRng } from '@i-drill/numerics';
import type { ModelVersion } from '@i-drill/registry';
import { validateVersion, type ValidatedVersion } from '@i-drill/workflows';
import type { CommandContext } from '../context.js';
import type { PreparedData } from '../wiring/prepare-data.js';
import { validationSettings } from '../wiring/validation-settings.js';

/** Judges a version on its data and says each check's result. */
export async function validateStep(
  context: CommandContext,
  version: ModelVersion,
  prepared: PreparedData,
): Promise<ValidatedVersion> {
  const { config, output, ports } = context;
  const validated = await validateVersion(ports, {
    version,
    data: prepared.data,
    dataFingerprint: prepared.recipe.fingerprint,
    settings: validationSettings(config),
    rng: createRng(config.training.seed),
    who: context.who,
  });
  for (const line of verdictLines(validated)) output.progress(line);
  return validated;
}

/** The verdict as lines: every check that did not pass, and the figures that decide. */
export function verdictLines({ verdict, promoted }: Pick<ValidatedVersion, 'verdict' | 'promoted'>): string[] {
  const checks = verdict.checks.map((check) => {
    const effect = check.status === 'passed' ? '' : ` [${check.consequences[check.status]}]`;
    return `  ${check.status.padEnd(12)} ${check.check}: ${check.reason}${effect}`;
  });
  const stage = promoted ? ', now in Staging' : ', stays where it is';
  return [...checks, `verdict: ${verdict.status} (${verdict.id})${stage}`];
}
