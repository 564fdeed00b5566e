export type { ExitCode } from './exit-code.js';
export { parseFault, withFault, type Fault, type FaultOptions } from './fault.js';
export type { ProgramIo } from './program-io.js';
export { runProgram } from './program.js';
