package org.aiis.conformance.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;

/**
 * The outputs of a random operator against the distribution that the node asks for, clause 4.3.8. Types and shapes are
 * right already. The law is read from the model and its inputs, not from the oracle's draws.
 */
final class GoodnessOfFit {
    private final NodeProto node;
    private final Map<String, AttributeProto> attributes;
    private final SortedMap<String, Tensor> inputs = new TreeMap<>();
    private final SortedMap<String, Tensor> outputs = new TreeMap<>();

    private GoodnessOfFit(Stimulus.ModelRun run, Observation.Outputs got) {
        GraphProto graph = Models.parse(run.model()).getGraph();
        node = graph.getNode(0);
        attributes = node.getAttributeList().stream().collect(Collectors.toMap(AttributeProto::getName, a -> a));
        graph.getInitializerList().forEach(tensor -> inputs.put(tensor.getName(), TensorProtos.read(tensor)));
        inputs.putAll(run.inputs());
        got.values().forEach((name, recorded) -> outputs.put(name, recorded.tensor()));
    }

    static Comparison of(Stimulus.ModelRun run, Observation.Outputs got) {
        GoodnessOfFit fit = new GoodnessOfFit(run, got);
        Tensor y = fit.output(0);
        return switch (fit.node.getOpType()) {
            case "RandomUniform", "RandomUniformLike" -> Laws.uniform(y, fit.real("low", 0), fit.real("high", 1));
            case "RandomNormal", "RandomNormalLike" -> Laws.normal(y, fit.real("mean", 0), fit.real("scale", 1));
            case "Bernoulli" -> Laws.bernoulli(y, fit.input(0));
            case "Multinomial" -> Laws.multinomial(y, fit.input(0));
            case "Dropout" -> fit.dropout(y);
            default -> throw new IllegalStateException("no distribution is known for " + fit.node.getOpType());
        };
    }

    private Tensor input(int i) {
        return named(inputs, node.getInput(i));
    }

    private Tensor output(int i) {
        return named(outputs, node.getOutput(i));
    }

    private static Tensor named(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("'" + name + "' of a random node is neither fed nor given");
        }
        return tensor;
    }

    private double real(String attribute, double otherwise) {
        AttributeProto given = attributes.get(attribute);
        return given == null ? otherwise : given.getF();
    }

    /** Each element is dropped, or kept and scaled; the mask says which. */
    private Comparison dropout(Tensor y) {
        Tensor x = input(0);
        boolean given = node.getInputCount() > 1 && !node.getInput(1).isEmpty();
        double ratio = given ? input(1).real(0) : 0.5;
        boolean masked = node.getOutputCount() > 1 && !node.getOutput(1).isEmpty();
        List<Boolean> kept = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            double scaled = x.real(i) / (1 - ratio);
            boolean dropped = y.real(i) == 0;
            // Twice an ulp: the scale and the product are rounded, each to nearest or toward zero.
            if (!dropped
                    && !(Math.abs(y.real(i) - scaled) <= 2 * x.type().format().ulp(scaled))) {
                return Comparison.wrong(
                        Place.of(node.getOutput(0), y.shape(), i) + " = " + y.real(i) + ", must be 0 or " + scaled);
            }
            if (masked && x.real(i) != 0 && output(1).bits(i) != (dropped ? 0 : 1)) {
                return Comparison.wrong(Place.of(node.getOutput(1), y.shape(), i) + " = "
                        + output(1).element(i) + ", the output says " + !dropped);
            }
            if (x.real(i) != 0) {
                kept.add(!dropped);
            }
        }
        return Laws.share("kept elements", kept.stream().filter(k -> k).count(), kept.size(), 1 - ratio);
    }
}
