import type { Tube } from '../stick-slip.js';

/** 5 in, 19.5 lb/ft drill pipe. */
export const drillPipe: Tube = { outerM: 0.127, innerM: 0.1086 };
/** 6½ in collars. */
export const drillCollar: Tube = { outerM: 0.1651, innerM: 0.0714 };
/** Of all collars. */
export const collarLengthM = 150;
/** Outer radius of the joints that rub along the wall. */
export const jointRadiusM = 0.084;
/** Of the pipe in mud, N/m. */
export const buoyedWeightPerLength = 260;
/** Of pipe on the wall. */
export const holeFriction = 0.2;
