export { classifyTarget, type TargetClasses } from './classify-target.js';
export { cmapssSubsets, type CmapssSubset } from './cmapss/columns.js';
export { loadCmapss, type CmapssDatasets, type CmapssOptions } from './cmapss/load-cmapss.js';
export { DatasetError, type DatasetErrorCode } from './errors.js';
export { fingerprint, type FingerprintParts } from './fingerprint.js';
export { forgeFiles, type ForgeFile } from './forge/columns.js';
export { loadForge, type ForgeOptions } from './forge/load-forge.js';
export { loadIdrillSynthetic, type IdrillSyntheticOptions } from './idrill-synthetic/load-idrill-synthetic.js';
export { joinDatasets } from './join-datasets.js';
export { makeBitRuns } from './make-bit-runs.js';
export { readTable } from './read-table.js';
export { readUnitTable, type TableSchema } from './read-unit-table.js';
export { selectUnits } from './select-units.js';
export { inferFeatures } from './stream/infer-features.js';
export { readUnits } from './stream/read-units.js';
export {
  countRows,
  splitTable,
  type SplitTable,
  type TableSplitOptions,
  type TrainingStream,
} from './stream/split-table.js';
export { streamWindows, type StreamOptions, type WindowStream } from './stream/stream-windows.js';
export type { UnitTable } from './stream/unit-table.js';
export { splitByUnit, type SplitOptions } from './split-by-unit.js';
export type { SplitShares } from './split-groups.js';
export type { ReadTableOptions, Table, TableFormat } from './table.js';
export { loadUsrop, type UsropOptions } from './usrop/load-usrop.js';
export { usropWells, type UsropWell } from './usrop/wells.js';
export { writeUnitParquet } from './write-unit-parquet.js';
export { writeUnitTable } from './write-unit-table.js';
