/** What the random numbers of a well are drawn for. */
export const drawStream = { rig: 1, beds: 2, sensors: 3, faults: 4, drift: 5, faultKinds: 6 } as const;
