/** Columns of numbers, as read from one file. */
export interface Table {
  /** The file, as it was asked for. */
  readonly path: string;
  /** Names in the order of the file. */
  readonly columns: readonly string[];
  readonly rows: number;
  /**
   * The numbers of a column, shape [rows]. NaN where the
   * file has nothing, NaN or an infinity.
   *
   * @throws DatasetError `DATASET_COLUMNS` for a column that is not there or is text, `DATASET_COLUMN_NAN` for one that
   * holds no number at all.
   */
  column(name: string): Float64Array;
  /**
   * A column as text, shape [rows]; empty where the file has nothing.
   *
   * @throws DatasetError `DATASET_COLUMNS` for a column that was not asked for as text.
   */
  text(name: string): readonly string[];
}

/** How a file is to be read. */
export interface ReadTableOptions {
  /** @default by the ending: .csv comma, .tsv tab, .txt and .dat blanks, .parquet Parquet; .gz may follow the text forms */
  readonly format?: TableFormat;
  /** Names of the columns of a file that has no header; as many as it has columns. @default the file has a header */
  readonly columnNames?: readonly string[];
  /** Columns that must be there and hold numbers; no others are read. @default all, unchecked */
  readonly required?: readonly string[];
  /** Columns that must be there and are read as text. @default none */
  readonly requiredText?: readonly string[];
  /** Fewer rows are an error: one row is no series. @default 2 */
  readonly minRows?: number;
}

/** The forms of a table. `blanks`: columns are separated by runs of blanks or tabs, which may also lead or trail. */
export type TableFormat = 'comma' | 'semicolon' | 'tab' | 'blanks' | 'parquet';
