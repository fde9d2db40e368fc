package org.aiis.reference.serving.grpc;

import com.google.protobuf.UnsafeByteOperations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.onnx.inference.ModelInferRequest;
import org.aiis.onnx.inference.ModelInferRequest.InferInputTensor;
import org.aiis.onnx.inference.ModelInferResponse;
import org.aiis.reference.serving.Datatype;
import org.aiis.reference.serving.InferenceRequest;
import org.aiis.reference.serving.InferenceResponse;
import org.aiis.reference.serving.JsonRequest;
import org.aiis.reference.serving.RawElements;
import org.aiis.reference.serving.Refusal;
import org.aiis.reference.serving.Refusal.Reason;
import org.aiis.reference.serving.ServingLimits;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Requests and answers of inference as protobuf messages. */
final class InferMessages {
    private InferMessages() {}

    static InferenceRequest read(ModelInferRequest message, ServingLimits limits) {
        int most = limits.tensors();
        if (message.getInputsCount() > most || message.getOutputsCount() > most) {
            throw new Refusal(Reason.TOO_LARGE, "more than " + most + " inputs or outputs");
        }
        boolean raw = message.getRawInputContentsCount() > 0;
        if (raw && message.getRawInputContentsCount() != message.getInputsCount()) {
            throw new Refusal(
                    Reason.COUNT,
                    message.getInputsCount() + " inputs, and " + message.getRawInputContentsCount()
                            + " raw_input_contents");
        }
        check(message.getParametersMap().keySet());
        SortedMap<String, Tensor> inputs = new TreeMap<>();
        for (int i = 0; i < message.getInputsCount(); i++) {
            InferInputTensor input = message.getInputs(i);
            check(input.getParametersMap().keySet());
            if (raw && input.hasContents()) {
                throw new Refusal(
                        Reason.MALFORMED, "input '" + input.getName() + "' has contents beside raw_input_contents");
            }
            Datatype datatype = Datatype.named(input.getDatatype());
            Shape shape = JsonRequest.checked(input.getShapeList());
            Tensor tensor = raw
                    ? RawElements.read(
                            input.getName(),
                            datatype,
                            shape,
                            message.getRawInputContents(i).asReadOnlyByteBuffer())
                    : TypedContents.read(input.getName(), datatype, shape, input.getContents());
            if (inputs.put(input.getName(), tensor) != null) {
                throw new Refusal(Reason.MALFORMED, "input '" + input.getName() + "' is there twice");
            }
        }
        List<InferenceRequest.Wanted> outputs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (var output : message.getOutputsList()) {
            check(output.getParametersMap().keySet());
            if (!names.add(output.getName())) {
                throw new Refusal(Reason.MALFORMED, "output '" + output.getName() + "' is asked for twice");
            }
            outputs.add(new InferenceRequest.Wanted(output.getName(), raw));
        }
        return new InferenceRequest(Optional.of(message.getId()).filter(id -> !id.isEmpty()), inputs, outputs, raw);
    }

    private static void check(Set<String> parameters) {
        parameters.forEach(JsonRequest::checkParameter);
    }

    /** Typed contents answer typed contents; raw ones answer raw ones, and wherever an output has no typed form. */
    static ModelInferResponse write(InferenceResponse response) {
        ModelInferResponse.Builder message =
                ModelInferResponse.newBuilder().setModelName(response.model()).setModelVersion(response.version());
        response.id().ifPresent(message::setId);
        boolean raw = response.outputs().stream()
                .anyMatch(o -> o.binary()
                        || !Datatype.of(o.tensor().type()).orElseThrow().inJson());
        for (InferenceResponse.Output output : response.outputs()) {
            ModelInferResponse.InferOutputTensor.Builder tensor = message.addOutputsBuilder()
                    .setName(output.name())
                    .setDatatype(
                            Datatype.of(output.tensor().type()).orElseThrow().name());
            output.tensor().shape().dims().forEach(dim -> tensor.addShape(dim));
            if (raw) {
                message.addRawOutputContents(UnsafeByteOperations.unsafeWrap(RawElements.write(output.tensor())));
            } else {
                tensor.setContents(TypedContents.write(output.tensor()));
            }
        }
        return message.build();
    }
}
