/* What a session has of the provider: says which nodes it takes, and compiles them. */
#include "sample.h"

typedef struct {
  OrtEp ep; /* first: ONNX Runtime hands it back as this_ptr */
  Broken broken;
} Provider;

static const char* ORT_API_CALL name(const OrtEp* this_ptr) {
  (void)this_ptr;
  return SAMPLE_NAME;
}

/* The element type of a value; undefined where it is left out, or no tensor. */
static OrtStatus* element_type(const OrtValueInfo* value, ONNXTensorElementDataType* element) {
  const OrtApi* ort = sample_core.ort;
  const OrtTypeInfo* type;
  const OrtTensorTypeAndShapeInfo* tensor;
  *element = ONNX_TENSOR_ELEMENT_DATA_TYPE_UNDEFINED;
  if (value == NULL) return NULL;
  TRY(ort->GetValueInfoTypeInfo(value, &type));
  TRY(ort->CastTypeInfoToTensorInfo(type, &tensor));
  return tensor == NULL ? NULL : ort->GetTensorElementType(tensor, element);
}

/* Whether the provider runs the node: operator and element type are all that it asks; shapes it meets when it runs. */
static OrtStatus* takes(const Provider* self, const OrtNode* node, bool* taken) {
  const OrtApi* ort = sample_core.ort;
  const char *domain, *type;
  *taken = false;
  TRY(ort->Node_GetDomain(node, &domain));
  TRY(ort->Node_GetOperatorType(node, &type));
  SampleOperator op = sample_operator(domain, type);
  if (op == SAMPLE_OPERATORS || self->broken == BROKEN_CLAIMS_NOTHING) return NULL;
  if (op == SAMPLE_MATMUL && self->broken == BROKEN_LEAVES_MATMUL) return NULL;
  size_t count;
  TRY(ort->Node_GetNumInputs(node, &count));
  if (count != sample_inputs(op)) return NULL;
  const OrtValueInfo* values[2];
  TRY(ort->Node_GetInputs(node, values, count));
  ONNXTensorElementDataType types[2];
  for (size_t i = 0; i < count; i++) TRY(element_type(values[i], &types[i]));
  *taken = sample_takes(op, types[0]) && types[count - 1] == types[0];
  return NULL;
}

/*
 * A graph of which it takes all becomes one node; of another each node that it takes becomes one alone, since nodes may be
 * fused only where no other's lies on a way between them.
 */
static OrtStatus* claim(Provider* self, const OrtNode** nodes, size_t count, bool* taken, OrtEpGraphSupportInfo* info) {
  const OrtEpApi* ep = sample_core.ep;
  size_t of = 0;
  for (size_t i = 0; i < count; i++) {
    TRY(takes(self, nodes[i], &taken[i]));
    of += taken[i];
  }
  if (count > 0 && of == count) return ep->EpGraphSupportInfo_AddNodesToFuse(info, nodes, count, NULL);
  for (size_t i = 0; i < count; i++) {
    if (taken[i]) TRY(ep->EpGraphSupportInfo_AddNodesToFuse(info, &nodes[i], 1, NULL));
  }
  return NULL;
}

static OrtStatus* ORT_API_CALL capability(OrtEp* this_ptr, const OrtGraph* graph, OrtEpGraphSupportInfo* info) {
  size_t count;
  TRY(sample_core.ort->Graph_GetNumNodes(graph, &count));
  const OrtNode** nodes = calloc(count + 1, sizeof *nodes);
  bool* taken = calloc(count + 1, sizeof *taken);
  OrtStatus* status = sample_core.ort->Graph_GetNodes(graph, nodes, count);
  if (status == NULL) status = claim((Provider*)this_ptr, nodes, count, taken, info);
  free(taken);
  free(nodes);
  return status;
}

static OrtStatus* ORT_API_CALL compile(OrtEp* this_ptr, const OrtGraph** graphs, const OrtNode** fused, size_t count,
                                       OrtNodeComputeInfo** infos, OrtNode** contexts) {
  (void)contexts; /* Compiled models are not written. */
  const Provider* self = (const Provider*)this_ptr;
  if (self->broken == BROKEN_CRASH_IN_LOAD) broken_crash();
  if (self->broken == BROKEN_HANG_IN_LOAD) broken_hang();
  for (size_t i = 0; i < count; i++) TRY(compiled_make(graphs[i], fused[i], self->broken, &infos[i]));
  return NULL;
}

static void ORT_API_CALL release(OrtEp* this_ptr, OrtNodeComputeInfo** infos, size_t count) {
  (void)this_ptr;
  for (size_t i = 0; i < count; i++) compiled_free(infos[i]);
}

OrtStatus* provider_make(Broken broken, OrtEp** ep) {
  Provider* made = calloc(1, sizeof *made);
  if (made == NULL) return sample_refused("out of memory");
  made->ep.ort_version_supported = SAMPLE_API_VERSION;
  made->ep.GetName = name;
  made->ep.GetCapability = capability;
  made->ep.Compile = compile;
  made->ep.ReleaseNodeComputeInfos = release;
  made->broken = broken;
  *ep = &made->ep;
  return NULL;
}

void provider_free(OrtEp* ep) { free(ep); }
