import { realServerContract } from './real-server-contract.js';

realServerContract(3);
