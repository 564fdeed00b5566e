export { mlflowContract } from './mlflow-contract.js';
