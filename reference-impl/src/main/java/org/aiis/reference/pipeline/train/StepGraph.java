package org.aiis.reference.pipeline.train;

import java.util.ArrayList;
import java.util.List;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * One training step of dense layers as a graph of standard operators: forward, mean cross-entropy of the softmax,
 * backward, {@link Adam}. The batch is given by the places of its records, so that the data stay where they are.
 *
 * <p>Inputs: {@code x [records, inputs]}, {@code y int64 [records]}, {@code batch int64 [n]}, state {@code w, m, v [P]} and
 * {@code t [1]}. Outputs: the new state {@code w_o, m_o, v_o, t_o}, {@code loss [1]}, gradient {@code g [P]}.
 */
public final class StepGraph {
    private final DenseLayers layers;
    private final ElementType type;
    private final Draft draft;

    private StepGraph(DenseLayers layers, ElementType type) {
        this.layers = layers;
        this.type = type;
        this.draft = new Draft(17, type);
    }

    /** The graph in an element type: float32, or float64 as its own reference. */
    public static Bytes build(DenseLayers layers, ElementType type) {
        return new StepGraph(layers, type).draw();
    }

    private Bytes draw() {
        int p = layers.parameters();
        draft.input("x", type, "records", layers.inputs())
                .input("y", ElementType.INT64, "records")
                .input("batch", ElementType.INT64, "n")
                .input("w", type, p)
                .input("m", type, p)
                .input("v", type, p)
                .input("t", type, 1);
        String x = draft.op("Gather", "x", "batch");
        String target = draft.oneHot(draft.op("Gather", "y", "batch"), layers.classes());
        String share = draft.op("Div", draft.reals(Shape.of(1), 1), draft.indicator(draft.op("Shape", "batch")));

        List<String> weights = layers.unpack(draft, "w");
        List<String> results = layers.forward(draft, x, weights);
        String logs = draft.op("LogSoftmax", List.of(results.get(layers.count() - 1)), Attribute.of("axis", -1));
        String sum = draft.op("Neg", draft.sum(draft.op("Mul", logs, target), false, 0, 1));
        String loss = draft.op("Mul", sum, share);

        String d = draft.op("Mul", draft.op("Sub", draft.op("Exp", logs), target), share);
        String g = backward(x, weights, results, d);
        List<String> state = Adam.USUAL.draw(draft, List.of("w", "m", "v", "t"), g);
        return draft.output("w_o", state.get(0), type, p)
                .output("m_o", state.get(1), type, p)
                .output("v_o", state.get(2), type, p)
                .output("t_o", state.get(3), type, 1)
                .output("loss", loss, type, 1)
                .output("g", g, type, p)
                .build();
    }

    /** The gradient as one vector, from the derivative {@code last} of the loss by the scores. */
    private String backward(String x, List<String> weights, List<String> results, String last) {
        List<String> pieces = new ArrayList<>();
        AttributeProto transA = Attribute.of("transA", 1);
        AttributeProto transB = Attribute.of("transB", 1);
        String d = last;
        for (int layer = layers.count() - 1; layer >= 0; layer--) {
            String below = layer == 0 ? x : results.get(layer - 1);
            pieces.add(0, draft.sum(d, false, 0));
            pieces.add(0, draft.reshape(draft.op("Gemm", List.of(below, d), transA), -1));
            if (layer > 0) {
                String through = draft.op("Gemm", List.of(d, weights.get(2 * layer)), transB);
                String open = draft.indicator(draft.op("Greater", below, draft.real(0)));
                d = draft.op("Mul", open, through);
            }
        }
        return draft.concat(0, pieces);
    }
}
