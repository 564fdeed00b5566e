import { exportFaultSuite } from '../testing/export-fault-suite.js';
import { replayFaultSuite } from '../testing/replay-fault-suite.js';

replayFaultSuite({ every: 1 });
exportFaultSuite({ every: 1 });
