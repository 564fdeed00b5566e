import { killSuite } from '../../testing/kill-suite.js';

killSuite({ every: 1 });
