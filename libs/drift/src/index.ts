export { compareToReference, type DriftReport, type FeatureDrift } from './drift-report.js';
export { defaultDriftSettings, type DriftSettings } from './drift-settings.js';
export { DriftError, type DriftErrorCode } from './errors.js';
export { buildReferenceProfile, type FeatureProfile, type ReferenceProfile } from './reference-profile.js';
export type { RowSeries } from './row-series.js';
