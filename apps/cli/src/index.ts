export { exitCodes, type ExitCode } from './exit-code.js';
export { runProgram } from './program.js';
