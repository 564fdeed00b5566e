// `i-drill pipeline run` on real data. What the data are worth is not for this script to decide: a model that does not beat
// the baseline is an honest answer. It checks that the loop says so: exit code, verdict and stage must agree.
import { spawnSync } from 'node:child_process';

const run = spawnSync('npx', ['i-drill', 'pipeline', 'run', ...process.argv.slice(2), '--json'], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
  maxBuffer: 1e8,
});
process.stdout.write(run.stdout);

const answer = run.status === 0 || run.status === 1 ? JSON.parse(run.stdout) : undefined;
const problems =
  answer === undefined ? [`exit code ${run.status}: the loop did not get to an answer`] : disagreements(answer);
console.log(problems.length === 0 ? 'the loop told an honest answer' : problems.join('\n'));
process.exit(problems.length === 0 ? 0 : 1);

function disagreements({ status, verdict, stage, metrics, baseline, exportDifference }) {
  const completed = run.status === 0;
  return [
    [completed === (status === 'completed'), `exit code ${run.status} with status ${status}`],
    [['passed', 'failed', 'inconclusive'].includes(verdict), `verdict ${verdict}`],
    [verdict === 'passed' || stage === 'None', `verdict ${verdict}, yet stage ${stage}`],
    [!completed || stage === 'Production', `completed, yet stage ${stage}`],
    [Number.isFinite(metrics.mae) && Number.isFinite(baseline.metrics.mae), 'a metric is missing'],
    [verdict !== 'passed' || metrics.mae < baseline.metrics.mae, 'passed without beating the baseline'],
    [exportDifference <= 1e-5, `ONNX differs by ${exportDifference}`],
  ]
    .filter(([holds]) => !holds)
    .map(([, problem]) => problem);
}
