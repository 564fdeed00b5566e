import type { FeatureSpec } from '@i-drill/core';

/** The four subsets: one or six operating conditions, one or two kinds of fault. */
export const cmapssSubsets = ['FD001', 'FD002', 'FD003', 'FD004'] as const;

/** One of the four subsets. */
export type CmapssSubset = (typeof cmapssSubsets)[number];

/**
 * Three settings and 21 sensors, columns 3 to 26 of the files, which carry no names. Names and units: Saxena, Goebel,
 * Simon, Eklund, "Damage Propagation Modeling for Aircraft Engine Run-to-Failure Simulation", PHM08, table 2.
 */
export const cmapssFeatures: readonly FeatureSpec[] = [
  { name: 'altitude', unit: 'kft' },
  { name: 'Mach', unit: '-' },
  { name: 'TRA', unit: '%' },
  { name: 'T2', unit: 'R' },
  { name: 'T24', unit: 'R' },
  { name: 'T30', unit: 'R' },
  { name: 'T50', unit: 'R' },
  { name: 'P2', unit: 'psia' },
  { name: 'P15', unit: 'psia' },
  { name: 'P30', unit: 'psia' },
  { name: 'Nf', unit: 'rpm' },
  { name: 'Nc', unit: 'rpm' },
  { name: 'epr', unit: '-' },
  { name: 'Ps30', unit: 'psia' },
  { name: 'phi', unit: 'pps/psi' },
  { name: 'NRf', unit: 'rpm' },
  { name: 'NRc', unit: 'rpm' },
  { name: 'BPR', unit: '-' },
  { name: 'farB', unit: '-' },
  { name: 'htBleed', unit: '-' },
  { name: 'Nf_dmd', unit: 'rpm' },
  { name: 'PCNfR_dmd', unit: 'rpm' },
  { name: 'W31', unit: 'lbm/s' },
  { name: 'W32', unit: 'lbm/s' },
];

/** How many of the first columns are settings: together they are the operating condition. */
export const cmapssSettings = 3;

/** What is predicted. */
export const cmapssTarget: FeatureSpec = { name: 'remaining_useful_life', unit: 'cycles' };

/** All columns of a training or test file. */
export const cmapssColumns: readonly string[] = ['unit', 'cycle', ...cmapssFeatures.map((feature) => feature.name)];
