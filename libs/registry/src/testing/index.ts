export { exampleEvidence } from './example-evidence.js';
export { InMemoryVersionStore } from './in-memory-version-store.js';
export { versionStoreContract, type VersionStoreContractOptions } from './version-store-contract.js';
