/** A stack of LSTM layers and a linear output on the last hidden state. */
export interface LstmArchitecture {
  readonly type: 'lstm';
  /** Units per layer. */
  readonly hiddenSize: number;
  readonly numLayers: number;
  /** Share of what each layer hands on that is dropped while training, in [0, 1). */
  readonly dropout: number;
}

/** A Transformer encoder with pre-norm blocks. */
export interface TransformerArchitecture {
  readonly type: 'transformer';
  /** Width of every token, a multiple of `heads`. */
  readonly modelSize: number;
  readonly heads: number;
  readonly numLayers: number;
  /** Width of the hidden layer between two attentions. */
  readonly feedForwardSize: number;
  readonly positions: 'learned' | 'sinusoidal';
  readonly dropout: number;
}

/** Convolutions over time with the sensors as channels, then a stack of LSTM layers. */
export interface CnnLstmArchitecture {
  readonly type: 'cnn-lstm';
  /** Channels per convolution. */
  readonly filters: number;
  /** Rows a convolution sees, odd. */
  readonly kernelSize: number;
  readonly convolutions: number;
  /** Units per LSTM layer. */
  readonly hiddenSize: number;
  readonly numLayers: number;
  readonly dropout: number;
}

/** The shape of a network, apart from the data it reads. */
export type Architecture = LstmArchitecture | TransformerArchitecture | CnnLstmArchitecture;

/** One of the architectures, by name. */
export type ModelType = Architecture['type'];

/** The model types `trainSequenceModel` knows. */
export const modelTypes: readonly ['lstm', 'transformer', 'cnn-lstm'] = ['lstm', 'transformer', 'cnn-lstm'];
