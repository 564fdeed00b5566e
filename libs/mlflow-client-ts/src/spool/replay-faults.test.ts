import { replayFaultSuite } from '../../testing/replay-fault-suite.js';

// Every call, in the end-to-end tests.
replayFaultSuite({ every: 4 });
