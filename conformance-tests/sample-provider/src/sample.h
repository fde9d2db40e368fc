/* A sample execution provider for ONNX Runtime: Add and Mul of float32, int32 and int64, Relu and MatMul of float32. */
#ifndef AIIS_SAMPLE_H
#define AIIS_SAMPLE_H

#include "onnxruntime_c_api.h"

/* All that is called here has been there since ONNX Runtime 1.23; asking for no more makes the library run with each since. */
#define SAMPLE_API_VERSION 23

#define SAMPLE_NAME "SampleExecutionProvider"
#define SAMPLE_VENDOR "AIIS"
#define SAMPLE_VERSION "1.0.0"

/* Dimensions of a tensor at most; a node with more is refused when it runs. */
#define SAMPLE_RANK 16

/* The interfaces of the core that loaded this library, set by CreateEpFactories. */
typedef struct {
  const OrtApi* ort;
  const OrtEpApi* ep;
} SampleCore;

extern SampleCore sample_core;

/* Leaves the function with the status, where it is one. */
#define TRY(call)                       \
  do {                                  \
    OrtStatus* tried = (call);          \
    if (tried != NULL) return tried;    \
  } while (0)

OrtStatus* sample_refused(const char* why);

/* ---- broken.c: how this provider misbehaves, for tests of the suite. A real one has nothing of the kind. */
typedef enum {
  BROKEN_NOT,
  BROKEN_WRONG_VALUE,    /* the last element of each result is the next larger number of its type */
  BROKEN_WRONG_SHAPE,    /* results have one more dimension in front, of size 1 */
  BROKEN_ROUNDED_INPUTS, /* MatMul cuts its inputs to 10 bits after the point, as TF32 does, and does not say so */
  BROKEN_CRASH_IN_LOAD,
  BROKEN_CRASH_IN_RUN,
  BROKEN_HANG_IN_LOAD,
  BROKEN_HANG_IN_RUN,
  BROKEN_CLAIMS_NOTHING, /* comes up, takes no node, and leaves all to the CPU provider */
  BROKEN_LEAVES_MATMUL,  /* takes all but MatMul */
  BROKEN_REFUSES,        /* takes the nodes, and fails when they run */
  BROKEN_COUNT
} Broken;

OrtStatus* broken_named(const char* word, Broken* broken);
void broken_hang(void);
void broken_crash(void);

/* ---- kernels.c: one operator, on tensors in the memory of the processor. */
typedef enum { SAMPLE_ADD, SAMPLE_MUL, SAMPLE_RELU, SAMPLE_MATMUL, SAMPLE_OPERATORS } SampleOperator;

typedef struct {
  ONNXTensorElementDataType type;
  size_t rank;
  int64_t shape[SAMPLE_RANK];
  void* data;
} SampleTensor;

/* The operator of this name in ONNX's own domain; SAMPLE_OPERATORS where there is none. */
SampleOperator sample_operator(const char* domain, const char* name);
size_t sample_inputs(SampleOperator op);
bool sample_takes(SampleOperator op, ONNXTensorElementDataType type);
/* Sets type, rank and shape of the result; refuses inputs that do not go together. */
OrtStatus* sample_shape(SampleOperator op, const SampleTensor* in, SampleTensor* out);
void sample_compute(SampleOperator op, const SampleTensor* in, SampleTensor* out, Broken broken);
size_t sample_size(const SampleTensor* tensor);
size_t sample_bytes(const SampleTensor* tensor);

/* ---- compiled.c: some nodes of a model that became one, ready to run. */
OrtStatus* compiled_make(const OrtGraph* graph, const OrtNode* fused, Broken broken, OrtNodeComputeInfo** info);
void compiled_free(OrtNodeComputeInfo* info);

/* ---- provider.c: what one session has of the provider. */
OrtStatus* provider_make(Broken broken, OrtEp** ep);
void provider_free(OrtEp* ep);

#endif
