/* The arithmetic: each operator as ONNX's text has it, written to be read. */
#include <math.h>

#include "sample.h"

static const char* const NAMES[SAMPLE_OPERATORS] = {"Add", "Mul", "Relu", "MatMul"};

SampleOperator sample_operator(const char* domain, const char* name) {
  if (strcmp(domain, "") != 0 && strcmp(domain, "ai.onnx") != 0) return SAMPLE_OPERATORS;
  for (int i = 0; i < SAMPLE_OPERATORS; i++) {
    if (strcmp(name, NAMES[i]) == 0) return (SampleOperator)i;
  }
  return SAMPLE_OPERATORS;
}

size_t sample_inputs(SampleOperator op) { return op == SAMPLE_RELU ? 1 : 2; }

bool sample_takes(SampleOperator op, ONNXTensorElementDataType type) {
  bool whole = type == ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 || type == ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64;
  return type == ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT || (whole && (op == SAMPLE_ADD || op == SAMPLE_MUL));
}

size_t sample_size(const SampleTensor* tensor) {
  size_t size = 1;
  for (size_t i = 0; i < tensor->rank; i++) size *= (size_t)tensor->shape[i];
  return size;
}

size_t sample_bytes(const SampleTensor* tensor) {
  return sample_size(tensor) * (tensor->type == ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 ? sizeof(int64_t) : sizeof(int32_t));
}

/* The dimension counted from the last one, 1 where the tensor has no such. */
static int64_t from_last(const SampleTensor* tensor, size_t back) {
  return back < tensor->rank ? tensor->shape[tensor->rank - 1 - back] : 1;
}

/* Broadcasts the dimensions of a and b in front of the last `but` ones. */
static OrtStatus* broadcast(const SampleTensor* a, const SampleTensor* b, size_t but, SampleTensor* out) {
  size_t rank = a->rank > b->rank ? a->rank : b->rank;
  out->rank = rank;
  for (size_t back = but; back < rank; back++) {
    int64_t x = from_last(a, back), y = from_last(b, back);
    if (x != y && x != 1 && y != 1) return sample_refused("shapes that do not broadcast");
    out->shape[rank - 1 - back] = x == 1 ? y : x;
  }
  return NULL;
}

/* Where the element of the broadcast result with this row-major number lies in an input, in steps of whole blocks. */
static size_t source(const SampleTensor* in, const SampleTensor* out, size_t but, size_t number) {
  size_t place = 0, stride = 1;
  for (size_t back = but; back < out->rank; back++) {
    size_t extent = (size_t)out->shape[out->rank - 1 - back];
    size_t index = number % extent;
    number /= extent;
    if (back < in->rank) {
      if (from_last(in, back) != 1) place += index * stride;
      stride *= (size_t)from_last(in, back);
    }
  }
  return place;
}

/* MatMul on matrices: a vector is a row on the left and a column on the right, as in numpy. */
static SampleTensor matrix(const SampleTensor* in, int left) {
  SampleTensor made = *in;
  if (in->rank == 1) {
    made.rank = 2;
    made.shape[0] = left ? 1 : in->shape[0];
    made.shape[1] = left ? in->shape[0] : 1;
  }
  return made;
}

static OrtStatus* matmul_shape(const SampleTensor* in, SampleTensor* out) {
  if (in[0].rank == 0 || in[1].rank == 0) return sample_refused("MatMul takes no scalars");
  SampleTensor a = matrix(&in[0], 1), b = matrix(&in[1], 0);
  if (from_last(&a, 0) != from_last(&b, 1)) return sample_refused("MatMul of matrices that do not go together");
  TRY(broadcast(&a, &b, 2, out));
  size_t rank = out->rank - 2;
  if (in[0].rank > 1) out->shape[rank++] = from_last(&a, 1);
  if (in[1].rank > 1) out->shape[rank++] = from_last(&b, 0);
  out->rank = rank;
  return NULL;
}

OrtStatus* sample_shape(SampleOperator op, const SampleTensor* in, SampleTensor* out) {
  out->type = in->type;
  if (op == SAMPLE_MATMUL) return matmul_shape(in, out);
  if (op != SAMPLE_RELU) return broadcast(&in[0], &in[1], 0, out);
  out->rank = in->rank;
  memcpy(out->shape, in->shape, sizeof out->shape);
  return NULL;
}

/* The value with 13 of its 23 bits after the point cut off. */
static float rounded(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  bits &= 0xffffe000u;
  memcpy(&value, &bits, sizeof bits);
  return value;
}

/* Each element is a sum in double, rounded once at the end: this provider is for being right, not for being fast. */
static void matmul(const SampleTensor* in, SampleTensor* out, Broken broken) {
  SampleTensor a = matrix(&in[0], 1), b = matrix(&in[1], 0), batches = {0};
  OrtStatus* fits = broadcast(&a, &b, 2, &batches);
  (void)fits; /* matmul_shape has seen the same shapes. */
  size_t rows = (size_t)from_last(&a, 1), inner = (size_t)from_last(&a, 0), columns = (size_t)from_last(&b, 0);
  batches.shape[batches.rank - 1] = batches.shape[batches.rank - 2] = 1;
  size_t count = sample_size(&batches);
  for (size_t batch = 0; batch < count; batch++) {
    const float* left = (const float*)a.data + source(&a, &batches, 2, batch) * rows * inner;
    const float* right = (const float*)b.data + source(&b, &batches, 2, batch) * inner * columns;
    float* result = (float*)out->data + batch * rows * columns;
    for (size_t row = 0; row < rows; row++) {
      for (size_t column = 0; column < columns; column++) {
        double sum = 0;
        for (size_t k = 0; k < inner; k++) {
          float x = left[row * inner + k], y = right[k * columns + column];
          sum += broken == BROKEN_ROUNDED_INPUTS ? (double)rounded(x) * (double)rounded(y) : (double)x * (double)y;
        }
        result[row * columns + column] = (float)sum;
      }
    }
  }
}

/* Whole numbers wrap around, which C defines for those without a sign alone. */
#define ELEMENT_BY_ELEMENT(NAME, TYPE, WRAPS, RELU)                                 \
  static void NAME(SampleOperator op, const SampleTensor* in, SampleTensor* out) {  \
    const TYPE *left = in[0].data, *right = in[1].data;                             \
    TYPE* result = out->data;                                                       \
    size_t size = sample_size(out);                                                 \
    for (size_t i = 0; i < size; i++) {                                             \
      TYPE x = left[source(&in[0], out, 0, i)];                                     \
      TYPE y = op == SAMPLE_RELU ? 0 : right[source(&in[1], out, 0, i)];            \
      result[i] = op == SAMPLE_RELU  ? (RELU)                                       \
                  : op == SAMPLE_ADD ? (TYPE)((WRAPS)x + (WRAPS)y)                  \
                                     : (TYPE)((WRAPS)x * (WRAPS)y);                 \
    }                                                                               \
  }

ELEMENT_BY_ELEMENT(floats, float, float, x < 0 ? 0 : x) /* Relu keeps NaN. */
ELEMENT_BY_ELEMENT(int32s, int32_t, uint32_t, x)
ELEMENT_BY_ELEMENT(int64s, int64_t, uint64_t, x)

static void spoil_last(const SampleTensor* out) {
  size_t size = sample_size(out);
  if (size == 0) return;
  if (out->type == ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT) {
    float* last = (float*)out->data + size - 1;
    *last = nextafterf(*last, INFINITY);
  } else if (out->type == ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32) {
    uint32_t* last = (uint32_t*)out->data + size - 1;
    *last += 1;
  } else {
    uint64_t* last = (uint64_t*)out->data + size - 1;
    *last += 1;
  }
}

void sample_compute(SampleOperator op, const SampleTensor* in, SampleTensor* out, Broken broken) {
  if (op == SAMPLE_MATMUL) {
    matmul(in, out, broken);
  } else if (out->type == ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT) {
    floats(op, in, out);
  } else if (out->type == ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32) {
    int32s(op, in, out);
  } else {
    int64s(op, in, out);
  }
  if (broken == BROKEN_WRONG_VALUE) spoil_last(out);
}
