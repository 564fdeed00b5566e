export { bitRunFeatures, bitRunTarget } from './bit-run-features.js';
export type { BitRun, BitRunOptions, BitRunShift, FormationPreset } from './bit-run.js';
export { wearFlat, wearRate, type WearLoad } from './bit-wear.js';
export { dragBit, type BitLoad, type BitResponse, type DragBit, type RockResistance } from './drag-bit.js';
export { cuttingsLoad, founderDepth, type BitCleaning, type CuttingsTransport } from './hole-cleaning.js';
export { frictionLoss, nozzleDrop, standpipePressure, type Circulation, type Conduit, type Mud } from './hydraulics.js';
export { simulateBitRun } from './simulate-bit-run.js';
export { simulateBitRuns, type BitRunsOptions } from './simulate-bit-runs.js';
export { specificEnergy, type DrillingPower } from './specific-energy.js';
export { stringTorque, type RotatingString } from './string-torque.js';
export { bitVibration, resonanceGain, type BitVibration, type VibrationSource } from './vibration.js';
export { slipVelocity, steadyCuttings, type AnnularTransport, type SlippingParticle } from './cuttings-transport.js';
export {
  annulusChannel,
  frictionGradient,
  pipeChannel,
  type DrillingMud,
  type MudChannel,
  type Rheology,
} from './mud-flow.js';
export {
  rollerConeExponents,
  rollerConeRate,
  rollerConeTorque,
  type RollerConeExponents,
  type RollerConeLoad,
} from './roller-cone.js';
export { drillingAction, drillingObservation, rigStates } from './environment/channels.js';
export { drillingModel } from './environment/drilling-model.js';
export type { DrillingOptions } from './environment/drilling-options.js';
export {
  drillingEvents,
  type CostlyEvent,
  type DrillingCosts,
  type DrillingEvent,
} from './environment/drilling-costs.js';
export type { SensorFaults } from './environment/sensor-suite.js';
export { bestConstant } from './drillers/best-constant.js';
export { drillersRule } from './drillers/drillers-rule.js';
export { extremumSeeking } from './drillers/extremum-seeking.js';
export { recordRun, type RecordedRun } from './drillers/record-run.js';
export { runWells, runWellsAsync, type ChooseSetPoints, type WellResult } from './drillers/run-wells.js';
export type { ScreenSetPoint, SetPointRule } from './drillers/set-point-rule.js';
export { constantRule, randomRule } from './drillers/simple-rules.js';
export { wellFigures, type WellFigure, type WellFigures } from './drillers/well-figures.js';
export {
  stickSlipSeverity,
  torsionalString,
  type TorsionalLoad,
  type TorsionalString,
  type Tube,
} from './stick-slip.js';
export {
  createTorsionalString,
  lowestTorsionalFrequency,
  severityOf,
  weakeningTorque,
  type StringGeometry,
  type TimedString,
  type TorsionalOptions,
  type WeakeningTorque,
} from './torsional-string.js';
