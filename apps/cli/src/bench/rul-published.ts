import type { CmapssSubset } from '@i-drill/datasets';

/** A published result: RMSE on the last cycles of the test engines. */
export interface PublishedRul {
  readonly model: string;
  readonly rmse: Readonly<Record<CmapssSubset, number>>;
}

/**
 * From the README of the data set, where each source is named. Papers differ in label cap, window and in whether the true
 * life of the test engines is cut: on FD002 and FD004 that alone moves the figure by 11 to 12 cycles.
 */
export const publishedRul: readonly PublishedRul[] = [
  row('LSTM (Zheng 2017)', 16.14, 24.49, 16.18, 28.17),
  row('CNN (Li 2018)', 12.61, 22.36, 12.64, 23.31),
  row('BiLSTM (Wang 2018)', 13.65, 23.18, 13.74, 24.86),
  row('CNN-LSTM (Al-Dulaimi 2019)', 13.02, 15.24, 12.22, 18.16),
  row('attention seq2seq (Ragab 2020)', 12.63, 14.65, 11.44, 16.66),
  row('Transformer DAST (Zhang 2022)', 11.43, 15.25, 11.32, 18.36),
  row('Transformer STAR (Fan 2024)', 10.61, 13.47, 10.71, 15.87),
];

function row(model: string, ...[FD001, FD002, FD003, FD004]: [number, number, number, number]): PublishedRul {
  return { model, rmse: { FD001, FD002, FD003, FD004 } };
}
