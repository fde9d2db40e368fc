package org.aiis.conformance.catalogue;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.TensorShapeProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;

/**
 * Declares the rank of each output of a main graph, which a declaration of cases may leave open. ONNX's IR asks for it: "The
 * main graph inputs and outputs are required to have a shape, indicating the rank" (docs/IR.md, Graphs), and a runtime may
 * refuse a model without. The extents stay open, named after the output, so that no runtime is told what it has to find out.
 */
final class OutputRanks {
    private OutputRanks() {}

    static Stimulus declared(Stimulus stimulus) {
        if (stimulus instanceof Stimulus.ModelRun run) {
            return new Stimulus.ModelRun(declared(run.model(), run.inputs()), run.inputs());
        } else if (stimulus instanceof Stimulus.MustReject must) {
            // The broken twin stays one edit away: what its valid twin declares, it declares too.
            Stimulus.ModelRun valid = must.valid();
            Map<String, Integer> ranks =
                    parsed(valid.model()).map(m -> ranks(m, valid.inputs())).orElse(Map.of());
            return new Stimulus.MustReject(
                    new Stimulus.ModelRun(with(valid.model(), ranks), valid.inputs()),
                    new Stimulus.ModelRun(
                            with(must.broken().model(), ranks), must.broken().inputs()));
        }
        return script((Stimulus.Script) stimulus);
    }

    private static Bytes declared(Bytes model, SortedMap<String, Tensor> inputs) {
        return parsed(model).map(m -> with(model, m, ranks(m, inputs))).orElse(model);
    }

    private static Optional<ModelProto> parsed(Bytes model) {
        try {
            return Optional.of(Models.parse(model));
        } catch (Oracle.Refusal damaged) {
            return Optional.empty();
        }
    }

    /** By the first run of each model whose inputs the script itself gives. */
    private static Stimulus script(Stimulus.Script script) {
        Map<String, SortedMap<String, Tensor>> fed = new HashMap<>();
        for (Step step : script.steps()) {
            if (step instanceof Step.Run run) {
                SortedMap<String, Tensor> inputs = new TreeMap<>();
                run.inputs().forEach((name, feed) -> {
                    if (feed instanceof Step.Feed.Inline inline) {
                        inputs.put(name, inline.tensor());
                    }
                });
                if (inputs.size() == run.inputs().size()) {
                    fed.putIfAbsent(run.model(), inputs);
                }
            }
        }
        List<Step> steps = script.steps().stream()
                .map(step -> step instanceof Step.Load load && fed.containsKey(load.model())
                        ? new Step.Load(load.model(), declared(load.bytes(), fed.get(load.model())), load.profiled())
                        : step)
                .toList();
        return new Stimulus.Script(steps);
    }

    /** The ranks of the outputs that are left open; none where there is none, or where the oracle knows no result. */
    private static Map<String, Integer> ranks(ModelProto model, SortedMap<String, Tensor> inputs) {
        GraphProto graph = model.getGraph();
        if (isOlder(model) || graph.getOutputList().stream().noneMatch(OutputRanks::isOpen)) {
            return Map.of();
        }
        try {
            Map<String, Integer> ranks = new HashMap<>();
            SortedMap<String, Tensor> values = Program.of(model).values(inputs);
            for (ValueInfoProto output : graph.getOutputList()) {
                Tensor value = values.get(output.getName());
                if (isOpen(output) && value != null) {
                    ranks.put(output.getName(), value.shape().rank());
                }
            }
            return ranks;
        } catch (Oracle.Refusal notValid) {
            return Map.of();
        }
    }

    /** Damage may leave a version from before the catalogue's, which the oracle reads for models that people bring. */
    private static boolean isOlder(ModelProto model) {
        return model.getOpsetImportList().stream()
                .anyMatch(i -> (i.getDomain().isEmpty() || i.getDomain().equals("ai.onnx"))
                        && i.getVersion() < Program.OLDEST_OPSET);
    }

    private static Bytes with(Bytes model, Map<String, Integer> ranks) {
        return ranks.isEmpty()
                ? model
                : parsed(model).map(m -> with(model, m, ranks)).orElse(model);
    }

    private static Bytes with(Bytes model, ModelProto parsed, Map<String, Integer> ranks) {
        if (ranks.isEmpty() || !model.view().equals(ByteBuffer.wrap(parsed.toByteArray()))) {
            return model; // Odd bytes are odd on purpose.
        }
        ModelProto.Builder declared = parsed.toBuilder();
        for (ValueInfoProto.Builder output : declared.getGraphBuilder().getOutputBuilderList()) {
            if (ranks.containsKey(output.getName()) && isOpen(output.build())) {
                TensorShapeProto.Builder shape =
                        output.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
                for (int axis = 0; axis < ranks.get(output.getName()); axis++) {
                    shape.addDimBuilder().setDimParam(output.getName() + "_d" + axis);
                }
            }
        }
        return Bytes.own(declared.build().toByteArray());
    }

    private static boolean isOpen(ValueInfoProto output) {
        TypeProto type = output.getType();
        return type.hasTensorType() && !type.getTensorType().hasShape();
    }
}
