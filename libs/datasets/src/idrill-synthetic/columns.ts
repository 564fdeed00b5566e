/** The sensors of the file, which name no units. The rate of penetration is the target. */
export const sensorHeadings: readonly string[] = [
  'Pressure Sensor',
  'Temperature Sensor',
  'Flow Sensor',
  'Vibration Sensor',
  'Gas Sensor',
  'Position Sensor',
  'Tension Sensor',
  'Acoustic Sensor',
  'Humidity Sensor',
  'Optical Sensor',
  'Magnetic Sensor',
  'Seismic Sensor',
  'Chemical Sensor',
  'Weight on Bit Sensor',
  'RPM Sensor',
  'Leak Detection Sensor',
  'Corrosion Sensor',
];

/** Heading of what is predicted. */
export const ropHeading = 'Rate of Penetration Sensor';

/** Heading of the site that a row belongs to. */
export const siteHeading = 'Location';

/** `Weight on Bit Sensor` becomes `weight_on_bit`. */
export function columnName(heading: string): string {
  return heading
    .replace(/ Sensor$/, '')
    .toLowerCase()
    .replaceAll(' ', '_');
}
