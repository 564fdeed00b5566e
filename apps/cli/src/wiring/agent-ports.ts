import { exportPolicy, openPolicy, policySignature } from '@i-drill/onnx';
import type { AgentPorts, LoopPorts } from '@i-drill/workflows';

/** The loop's ports with policies as ONNX files. */
export function agentPorts(ports: LoopPorts): AgentPorts {
  return { ...ports, policies: { exportPolicy, signatureOf: policySignature, openPolicy } };
}
