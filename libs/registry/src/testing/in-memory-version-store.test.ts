import { InMemoryVersionStore } from './in-memory-version-store.js';
import { versionStoreContract } from './version-store-contract.js';

versionStoreContract('in memory', () => new InMemoryVersionStore());
