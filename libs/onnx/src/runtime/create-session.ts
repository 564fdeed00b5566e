import { InferenceSession } from 'onnxruntime-node';
import { OnnxError } from '../errors.js';

/**
 * A session on the CPU with one thread.
 *
 * @throws OnnxError `ONNX_INVALID_MODEL` for bytes that onnxruntime does not accept
 */
export async function createSession(onnx: Uint8Array): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(onnx, {
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
    });
  } catch (cause) {
    const message = `Cannot open the model: ${onnx.length} bytes are not a model that onnxruntime accepts; export it again`;
    throw new OnnxError(message, { code: 'ONNX_INVALID_MODEL', details: { bytes: onnx.length }, cause });
  }
}
