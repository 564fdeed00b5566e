// Included before every source of the binding of tfjs-node: signals wait while TensorFlow computes.
//
// oneDNN's matrix products point the stack register into a buffer on the heap while they compute (TensorFlow 2.21). A signal
// that arrives then, such as Ctrl-C or the resizing of a terminal, is handled there and overwrites the heap, and the process
// aborts with "corrupted size vs. prev_size". Held back in this thread, and in those TensorFlow starts, which inherit that,
// a signal is handled by another thread, or by this one when the operation is done. Costs two system calls per operation.
#ifndef HOLD_SIGNALS_H_
#define HOLD_SIGNALS_H_

#include <pthread.h>
#include <signal.h>

#include "tensorflow/c/eager/c_api.h"

class SignalsHeld {
 public:
  SignalsHeld() {
    sigset_t held;
    sigfillset(&held);
    // Faults of this thread itself cannot wait.
    const int faults[] = {SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP, SIGABRT};
    for (int fault : faults) sigdelset(&held, fault);
    pthread_sigmask(SIG_BLOCK, &held, &before_);
  }
  ~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_;
};

inline void ExecuteHoldingSignals(TFE_Op *op, TFE_TensorHandle **outputs, int *output_count, TF_Status *status) {
  SignalsHeld held;
  TFE_Execute(op, outputs, output_count, status);
}

inline TFE_Context *NewContextHoldingSignals(const TFE_ContextOptions *options, TF_Status *status) {
  SignalsHeld held;
  return TFE_NewContext(options, status);
}

#define TFE_Execute ExecuteHoldingSignals
#define TFE_NewContext NewContextHoldingSignals

#endif  // HOLD_SIGNALS_H_
