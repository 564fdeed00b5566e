export { vectorEnvironmentContract } from './vector-environment-contract.js';
