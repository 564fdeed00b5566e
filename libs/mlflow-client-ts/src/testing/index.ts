export { clientContract } from './client-contract.js';
