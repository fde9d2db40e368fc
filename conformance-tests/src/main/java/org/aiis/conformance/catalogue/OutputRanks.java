package org.aiis.conformance.catalogue;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.TensorShapeProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.evaluator.Evaluated;
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
            Optional<ModelProto> parsed = parsed(valid.model());
            Optional<Evaluated> evaluated = parsed.flatMap(m -> evaluated(m, valid.inputs()));
            Bytes broken = must.broken().model();
            return new Stimulus.MustReject(
                    new Stimulus.ModelRun(
                            parsed.map(m -> with(valid.model(), m, evaluated)).orElse(valid.model()), valid.inputs()),
                    new Stimulus.ModelRun(
                            parsed(broken)
                                    .map(m -> with(broken, m, ranks(evaluated)))
                                    .orElse(broken),
                            must.broken().inputs()));
        }
        return script((Stimulus.Script) stimulus);
    }

    private static Bytes declared(Bytes model, SortedMap<String, Tensor> inputs) {
        return parsed(model).map(m -> with(model, m, evaluated(m, inputs))).orElse(model);
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

    /** What the oracle says of a model that leaves ranks open; nothing of others, or where it knows no result. */
    private static Optional<Evaluated> evaluated(ModelProto model, SortedMap<String, Tensor> inputs) {
        if (isOlder(model) || model.getGraph().getOutputList().stream().noneMatch(OutputRanks::isOpen)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Evaluated.of(model, inputs));
        } catch (Oracle.Refusal notValid) {
            return Optional.empty();
        }
    }

    private static Map<String, Integer> ranks(Optional<Evaluated> evaluated) {
        Map<String, Integer> ranks = new HashMap<>();
        evaluated.ifPresent(known -> known.reference()
                .outputs()
                .forEach((name, value) -> ranks.put(name, value.shape().rank())));
        return ranks;
    }

    /** Damage may leave a version from before the catalogue's, which the oracle reads for models that people bring. */
    private static boolean isOlder(ModelProto model) {
        return model.getOpsetImportList().stream()
                .anyMatch(i -> (i.getDomain().isEmpty() || i.getDomain().equals("ai.onnx"))
                        && i.getVersion() < Program.OLDEST_OPSET);
    }

    private static Bytes with(Bytes model, ModelProto parsed, Optional<Evaluated> evaluated) {
        Bytes declared = with(model, parsed, ranks(evaluated));
        evaluated.ifPresent(known -> known.rememberAs(declared));
        return declared;
    }

    private static Bytes with(Bytes model, ModelProto parsed, Map<String, Integer> ranks) {
        if (ranks.isEmpty() || isOdd(model, parsed)) {
            return model;
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
        return Models.write(declared.build());
    }

    /** Odd bytes, which would be written otherwise, are odd on purpose. */
    private static boolean isOdd(Bytes model, ModelProto parsed) {
        return Models.written(model).isEmpty() && !model.view().equals(ByteBuffer.wrap(parsed.toByteArray()));
    }

    private static boolean isOpen(ValueInfoProto output) {
        TypeProto type = output.getType();
        return type.hasTensorType() && !type.getTensorType().hasShape();
    }
}
