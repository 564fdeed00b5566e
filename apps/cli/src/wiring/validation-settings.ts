import type { MlopsConfig } from '@i-drill/config';
import type { DataQualityRules } from '@i-drill/validation';
import type { ValidationSettings } from '@i-drill/workflows';
import { driftSettings } from './settings.js';

/** What the configuration holds a version against, as the validation workflow takes it. */
export function validationSettings({ validation }: MlopsConfig): ValidationSettings {
  const { performance_thresholds: thresholds, baseline, data_validation: data, drift_detection: drift } = validation;
  const { consequences, ...limits } = thresholds;
  return {
    thresholds: { limits, consequences },
    baseline: {
      minImprovement: baseline.min_improvement,
      minUnits: baseline.min_units,
      consequences: baseline.consequences,
    },
    consistency: validation.consistency,
    export: validation.export,
    ...(data.enabled ? { dataQuality: dataQualityRules(data.checks) } : {}),
    ...(drift.enabled ? { drift: { settings: driftSettings(drift), consequences: drift.consequences } } : {}),
  };
}

function dataQualityRules(checks: MlopsConfig['validation']['data_validation']['checks']): DataQualityRules {
  const { missing_values: missing, outliers, size } = checks;
  return {
    missingValues: { maxShare: missing.max_share, consequences: missing.consequences },
    outliers: { maxShare: outliers.max_share, robustSds: outliers.robust_sds, consequences: outliers.consequences },
    constantColumns: checks.constant_columns,
    valueRanges: checks.value_ranges,
    monotone: checks.monotone,
    size: { minUnits: size.min_units, minRows: size.min_rows, consequences: size.consequences },
  };
}
