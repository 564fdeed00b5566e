/** The Python that environment files ask for; the exported ONNX model itself needs none. */
export const pythonVersion = '3.11';

const requirements = ['mlflow>=2.9,<4', 'numpy', 'onnx>=1.15,<2', 'onnxruntime>=1.17,<2'];

/** The files from which MLflow builds an environment that can serve an ONNX model. */
export function environmentFiles(): Record<'conda.yaml' | 'python_env.yaml' | 'requirements.txt', string> {
  return {
    'conda.yaml': lines(
      'channels:',
      '- conda-forge',
      'dependencies:',
      `- python=${pythonVersion}`,
      '- pip',
      '- pip:',
      ...requirements.map((requirement) => `  - ${requirement}`),
      'name: mlflow-env',
    ),
    'python_env.yaml': lines(
      `python: '${pythonVersion}'`,
      'build_dependencies:',
      '- pip',
      '- setuptools',
      '- wheel',
      'dependencies:',
      '- -r requirements.txt',
    ),
    'requirements.txt': lines(...requirements),
  };
}

function lines(...texts: string[]): string {
  return `${texts.join('\n')}\n`;
}
