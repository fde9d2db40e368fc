/* Nodes of a model that ONNX Runtime made one node of, with all that is needed to run them: nothing of the graph outlives Compile. */
#include "sample.h"

/* A node: its operator, and the numbers of the values that it reads and writes. */
typedef struct {
  SampleOperator op;
  size_t in[2];
  size_t out;
} Node;

/* Values are numbered: inputs of the fused node first, each node's result behind them. */
typedef struct {
  OrtNodeComputeInfo info; /* first: ONNX Runtime hands it back as this_ptr */
  Broken broken;
  size_t inputs, nodes, outputs;
  Node* node;
  size_t* output; /* numbers of the values that leave the fused node */
} Compiled;

/* Names of values while the graph is read; they belong to the graph. */
typedef struct {
  const char** name;
  size_t count;
} Names;

static OrtStatus* number(const Names* names, const OrtValueInfo* value, size_t* found) {
  const char* name;
  TRY(sample_core.ort->GetValueInfoName(value, &name));
  for (*found = 0; *found < names->count; ++*found) {
    if (strcmp(names->name[*found], name) == 0) return NULL;
  }
  return sample_refused("a node reads a value that nothing makes");
}

static OrtStatus* add_names(Names* names, const OrtNode* node, int inputs) {
  const OrtApi* ort = sample_core.ort;
  size_t count;
  TRY(inputs ? ort->Node_GetNumInputs(node, &count) : ort->Node_GetNumOutputs(node, &count));
  const OrtValueInfo** values = calloc(count + 1, sizeof *values);
  OrtStatus* status = inputs ? ort->Node_GetInputs(node, values, count) : ort->Node_GetOutputs(node, values, count);
  for (size_t i = 0; status == NULL && i < count; i++) {
    status = ort->GetValueInfoName(values[i], &names->name[names->count++]);
  }
  free(values);
  return status;
}

static OrtStatus* read_node(const OrtNode* from, const Names* names, Node* node) {
  const OrtApi* ort = sample_core.ort;
  const char *domain, *type;
  TRY(ort->Node_GetDomain(from, &domain));
  TRY(ort->Node_GetOperatorType(from, &type));
  node->op = sample_operator(domain, type);
  const OrtValueInfo* values[2];
  TRY(ort->Node_GetInputs(from, values, sample_inputs(node->op)));
  for (size_t i = 0; i < sample_inputs(node->op); i++) TRY(number(names, values[i], &node->in[i]));
  return NULL;
}

static OrtStatus* read_graph(Compiled* made, const OrtNode* const* nodes, const OrtNode* fused, Names* names) {
  const OrtApi* ort = sample_core.ort;
  TRY(add_names(names, fused, 1));
  for (size_t i = 0; i < made->nodes; i++) {
    TRY(read_node(nodes[i], names, &made->node[i]));
    made->node[i].out = names->count;
    TRY(add_names(names, nodes[i], 0));
  }
  const OrtValueInfo** leaving = calloc(made->outputs + 1, sizeof *leaving);
  OrtStatus* status = ort->Node_GetOutputs(fused, leaving, made->outputs);
  for (size_t i = 0; status == NULL && i < made->outputs; i++) status = number(names, leaving[i], &made->output[i]);
  free(leaving);
  return status;
}

static OrtStatus* ORT_API_CALL create_state(OrtNodeComputeInfo* this_ptr, OrtNodeComputeContext* context, void** state) {
  (void)context;
  *state = this_ptr; /* A run keeps nothing for the next one, so sessions can run concurrently. */
  return NULL;
}

static void ORT_API_CALL release_state(OrtNodeComputeInfo* this_ptr, void* state) {
  (void)this_ptr;
  (void)state;
}

static OrtStatus* read_input(const OrtKernelContext* context, size_t i, SampleTensor* tensor) {
  const OrtApi* ort = sample_core.ort;
  const OrtValue* value;
  OrtTensorTypeAndShapeInfo* info;
  TRY(ort->KernelContext_GetInput(context, i, &value));
  TRY(ort->GetTensorTypeAndShape(value, &info));
  OrtStatus* status = ort->GetDimensionsCount(info, &tensor->rank);
  if (status == NULL && tensor->rank > SAMPLE_RANK) status = sample_refused("a tensor of too many dimensions");
  if (status == NULL) status = ort->GetDimensions(info, tensor->shape, tensor->rank);
  if (status == NULL) status = ort->GetTensorElementType(info, &tensor->type);
  ort->ReleaseTensorTypeAndShapeInfo(info);
  if (status != NULL) return status;
  const void* data;
  TRY(ort->GetTensorData(value, &data));
  tensor->data = (void*)(uintptr_t)data; /* Only read. */
  return NULL;
}

/* Where a node's result goes: into the output of the fused node, where it is one, else into memory of our own. */
static OrtStatus* place(const Compiled* self, OrtKernelContext* context, size_t value, SampleTensor* tensor, int* ours) {
  const OrtApi* ort = sample_core.ort;
  for (size_t i = 0; i < self->outputs; i++) {
    if (self->output[i] == value) {
      OrtValue* output;
      int64_t longer[SAMPLE_RANK + 1] = {1};
      memcpy(longer + 1, tensor->shape, tensor->rank * sizeof *longer);
      size_t more = self->broken == BROKEN_WRONG_SHAPE ? 1 : 0;
      TRY(ort->KernelContext_GetOutput(context, i, longer + 1 - more, tensor->rank + more, &output));
      return ort->GetTensorMutableData(output, &tensor->data);
    }
  }
  tensor->data = malloc(sample_bytes(tensor) + 1);
  *ours = 1;
  return tensor->data != NULL ? NULL : sample_refused("out of memory");
}

static OrtStatus* run(const Compiled* self, OrtKernelContext* context, SampleTensor* values, int* ours) {
  for (size_t i = 0; i < self->inputs; i++) TRY(read_input(context, i, &values[i]));
  for (size_t i = 0; i < self->nodes; i++) {
    const Node* node = &self->node[i];
    SampleTensor in[2] = {values[node->in[0]], values[node->in[1]]};
    TRY(sample_shape(node->op, in, &values[node->out]));
    TRY(place(self, context, node->out, &values[node->out], &ours[node->out]));
    sample_compute(node->op, in, &values[node->out], self->broken);
  }
  return NULL;
}

static OrtStatus* ORT_API_CALL compute(OrtNodeComputeInfo* this_ptr, void* state, OrtKernelContext* context) {
  (void)state;
  const Compiled* self = (const Compiled*)this_ptr;
  if (self->broken == BROKEN_CRASH_IN_RUN) broken_crash();
  if (self->broken == BROKEN_HANG_IN_RUN) broken_hang();
  if (self->broken == BROKEN_REFUSES) return sample_refused("the sample provider took this node, and does not run it");
  size_t count = self->inputs + self->nodes;
  SampleTensor* values = calloc(count, sizeof *values);
  int* ours = calloc(count, sizeof *ours);
  OrtStatus* status = run(self, context, values, ours);
  for (size_t i = 0; i < count; i++) {
    if (ours[i]) free(values[i].data);
  }
  free(ours);
  free(values);
  return status;
}

OrtStatus* compiled_make(const OrtGraph* graph, const OrtNode* fused, Broken broken, OrtNodeComputeInfo** info) {
  const OrtApi* ort = sample_core.ort;
  size_t inputs, outputs, nodes;
  TRY(ort->Node_GetNumInputs(fused, &inputs));
  TRY(ort->Node_GetNumOutputs(fused, &outputs));
  TRY(ort->Graph_GetNumNodes(graph, &nodes));
  Compiled* made = calloc(1, sizeof *made);
  made->info.ort_version_supported = SAMPLE_API_VERSION;
  made->info.CreateState = create_state;
  made->info.Compute = compute;
  made->info.ReleaseState = release_state;
  made->broken = broken;
  made->inputs = inputs;
  made->nodes = nodes;
  made->outputs = outputs;
  made->node = calloc(nodes + 1, sizeof *made->node);
  made->output = calloc(outputs + 1, sizeof *made->output);
  const OrtNode** list = calloc(nodes + 1, sizeof *list);
  Names names = {calloc(inputs + nodes + 1, sizeof(char*)), 0};
  OrtStatus* status = ort->Graph_GetNodes(graph, list, nodes);
  if (status == NULL) status = read_graph(made, list, fused, &names);
  free(names.name);
  free(list);
  if (status != NULL) {
    compiled_free(&made->info);
    return status;
  }
  *info = &made->info;
  return NULL;
}

void compiled_free(OrtNodeComputeInfo* info) {
  Compiled* made = (Compiled*)info;
  free(made->node);
  free(made->output);
  free(made);
}
