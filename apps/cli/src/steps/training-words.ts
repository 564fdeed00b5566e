import type { EpochProgress } from '@i-drill/training';
import type { TrainedVersion } from '@i-drill/workflows';

/** How an epoch went, in one line. */
export function epochLine(progress: EpochProgress, unit: string): string {
  const { epoch, epochs, trainLoss, validationLoss, windowsPerSecond, etaSeconds, best } = progress;
  return (
    `  ${networkOf(progress)}epoch ${String(epoch).padStart(2)}/${epochs}  loss ${trainLoss.toFixed(4)}` +
    `  validation ${validationLoss.toFixed(4)}${validationFigure(progress, unit)}` +
    `  ${windowsPerSecond.toFixed(0)} windows/s  ETA ${etaSeconds.toFixed(0)} s${best ? '  best so far' : ''}`
  );
}

function networkOf({ member }: EpochProgress): string {
  return member === undefined || member.of === 1 ? '' : `network ${member.index}/${member.of}  `;
}

/** The figure of the validation part that a person understands. */
function validationFigure({ validationRmse, validationAccuracy }: EpochProgress, unit: string): string {
  if (validationRmse !== undefined) return `  RMSE ${validationRmse.toFixed(2)} ${unit}`;
  return validationAccuracy === undefined ? '' : `  accuracy ${validationAccuracy.toFixed(3)}`;
}

/** What a training brought forth, in one line. */
export function outcomeLine(trained: TrainedVersion, unit: string): string {
  const { version, score, baseline, exportDifference, bestEpoch } = trained;
  const ofModel = headline(score.metrics, unit);
  return (
    `registered ${version.name} version ${version.version}: test ${ofModel.name} ${ofModel.value} ` +
    `(${baseline} baseline ${headline(score.baselineMetrics, unit).value}), best epoch ${bestEpoch}, ${intervalWords(trained, unit)}, ` +
    `ONNX differs from TensorFlow.js by at most ${exportDifference.toExponential(1)} of the largest output`
  );
}

/** The metric a person reads first: the mean absolute error, or of classes the accuracy with F1. */
function headline(
  { mae, accuracy, f1 }: Readonly<Record<string, number>>,
  unit: string,
): { name: string; value: string } {
  if (accuracy === undefined || f1 === undefined)
    return { name: 'MAE', value: `${(mae ?? Number.NaN).toFixed(3)} ${unit}` };
  return { name: 'accuracy', value: `${accuracy.toFixed(3)}, F1 ${f1.toFixed(3)}` };
}

function intervalWords({ interval }: TrainedVersion, unit: string): string {
  if ('none' in interval) return `no interval (${interval.none})`;
  const { coverage, confidence, width } = interval;
  const percent = (share: number): string => (100 * share).toFixed(1);
  return (
    `intervals hold ${percent(coverage)} % of the test part ` +
    `(${percent(confidence.low)} to ${percent(confidence.high)}), mean width ${width.toFixed(2)} ${unit}`
  );
}
