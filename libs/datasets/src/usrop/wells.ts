import { DatasetError } from '../errors.js';

/** One well of USROP_A. */
export interface UsropWell {
  readonly name: string;
  /** Name of its file without the ending. */
  readonly file: string;
  /** Set where the well shares rows with another. */
  readonly group?: string;
}

/**
 * The six wells at hand (15/9-F-14 is not). 5705 of the 6389 rows of F-7 are rows of F-9 as well, so the two are one group,
 * and F-7 is left out unless it is asked for.
 */
export const usropWells: readonly UsropWell[] = [
  { name: 'F-9A', file: 'USROP_A_0_F-9A' },
  { name: 'F-7', file: 'USROP_A_1_F-7', group: 'F-7+F-9' },
  { name: 'F-15', file: 'USROP_A_3_F-15_1m' },
  { name: 'F-15S', file: 'USROP_A_4_F-15S_1m' },
  { name: 'F-5', file: 'USROP_A_5_F-5' },
  { name: 'F-9', file: 'USROP_A_6_F-9', group: 'F-7+F-9' },
];

/** The wells of these names, in the order of the data set; all but F-7 without names. */
export function chooseWells(names: readonly string[] | undefined): UsropWell[] {
  if (names === undefined) return usropWells.filter((well) => well.name !== 'F-7');
  const known = usropWells.map((well) => well.name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const message = `Cannot load USROP: there is no well "${unknown.join('", "')}"; choose of ${known.join(', ')}`;
    throw new DatasetError(message, { code: 'DATASET_UNKNOWN_SUBSET', details: { unknown, known } });
  }
  return usropWells.filter((well) => names.includes(well.name));
}
