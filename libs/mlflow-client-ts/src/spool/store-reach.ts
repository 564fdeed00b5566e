/** Whether a store can be used, as far as it is known: shared by all who wait for it, so that they do not each find out anew. */
export interface StoreReach {
  /** Somebody waited for the store in full and in vain, and it has not been heard of since. */
  readonly isAway: boolean;
  noteAway(): void;
  noteBack(): void;
}

/** Nothing is known yet. */
export function createStoreReach(): StoreReach {
  let isAway = false;
  return {
    get isAway() {
      return isAway;
    },
    noteAway() {
      isAway = true;
    },
    noteBack() {
      isAway = false;
    },
  };
}
