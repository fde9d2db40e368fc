package org.aiis.conformance.backend.faulty;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.conformance.backend.reference.LoadedModel;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/** Faults of one node that gives what it gave before, in an earlier run or in another session; the first run is right. */
final class StateFaults {
    private StateFaults() {}

    static List<Fault.Named> all() {
        return List.of(
                new Fault.Named(
                        "product-kept",
                        "ROB-NO-STATE",
                        "the last MatMul or Gemm of a graph gives in each run of a session what it gave in the first",
                        ProductKept::new),
                new Fault.Named(
                        "sum-of-another-session",
                        "ROB-TWO-SESSIONS",
                        "the first Add of a graph gives what its process first gave for a tensor of that name",
                        SumOfAnotherSession::new));
    }

    private static final class ProductKept implements Fault {
        @Override
        public LoadedModel loaded(ModelProto model, LoadedModel right) {
            return places(model, "MatMul", "Gemm")
                    .reduce((one, other) -> other)
                    .map(at -> keeping(model, at, new ConcurrentHashMap<>()))
                    .orElse(right);
        }
    }

    private static final class SumOfAnotherSession implements Fault {
        private final Map<String, Tensor> first = new ConcurrentHashMap<>();

        @Override
        public LoadedModel loaded(ModelProto model, LoadedModel right) {
            return places(model, "Add")
                    .findFirst()
                    .map(at -> keeping(model, at, first))
                    .orElse(right);
        }
    }

    private static Stream<Integer> places(ModelProto model, String... operators) {
        List<NodeProto> nodes = model.getGraph().getNodeList();
        return IntStream.range(0, nodes.size())
                .filter(i -> List.of(operators).contains(nodes.get(i).getOpType()))
                .boxed();
    }

    /** The model with a node that gives what is kept under the name of its result, where that has the same type and shape. */
    private static LoadedModel keeping(ModelProto model, int at, Map<String, Tensor> kept) {
        String name = model.getGraph().getNode(at).getOutput(0);
        boolean asked = model.getGraph().getOutputList().stream()
                .anyMatch(output -> output.getName().equals(name));
        ElementType type = Optional.ofNullable(
                        Program.load(Bytes.own(model.toByteArray())).tensors().get(name))
                .orElseThrow();
        LoadedModel showing = program(asked ? model : exposing(model, name, type));
        return inputs -> {
            SortedMap<String, Tensor> outputs = new TreeMap<>(showing.run(inputs));
            Tensor now = Optional.ofNullable(outputs.get(name)).orElseThrow();
            Tensor before = kept.computeIfAbsent(name, n -> now);
            if (before.type() != now.type() || !before.shape().equals(now.shape())) {
                kept.put(name, now);
            } else if (!before.equals(now)) {
                return program(giving(model, at, before)).run(inputs);
            }
            if (!asked) {
                outputs.remove(name);
            }
            return outputs;
        };
    }

    private static LoadedModel program(ModelProto model) {
        return LoadedModel.of(Program.load(Bytes.own(model.toByteArray())));
    }

    private static ModelProto exposing(ModelProto model, String name, ElementType type) {
        ModelProto.Builder exposing = model.toBuilder();
        exposing.getGraphBuilder()
                .addOutput(ValueInfoProto.newBuilder()
                        .setName(name)
                        .setType(TypeProto.newBuilder()
                                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type.onnx()))));
        return exposing.build();
    }

    private static ModelProto giving(ModelProto model, int at, Tensor value) {
        ModelProto.Builder giving = model.toBuilder();
        GraphProto.Builder graph = giving.getGraphBuilder();
        graph.setNode(
                at,
                NodeProto.newBuilder()
                        .setOpType("Constant")
                        .addOutput(graph.getNode(at).getOutput(0))
                        .addAttribute(Attribute.of("value", value)));
        return giving.build();
    }
}
