package org.aiis.reference.older;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * The operators whose form changed between opset versions {@value #OLDEST} and 13. Those that only took fewer types or left
 * attributes out stand for themselves. Before version 7 operators broadcast by an attribute; that is not read.
 */
public final class OlderForms {
    public static final int OLDEST = 7;

    /** What names of tensors begin with that a model does not have. */
    public static final String INNER = "aiis.older/";

    /** First version of the operators that came after {@value #OLDEST} and before 13. */
    private static final Map<String, Integer> BORN = born(Map.of(
            8, "Expand Scan",
            9,
                    "Acosh Asinh Atanh Compress ConstantOfShape Cosh Erf EyeLike IsNaN MaxUnpool MeanVarianceNormalization NonZero OneHot"
                            + " Scatter Shrink Sign Sinh TfIdfVectorizer Where",
            10,
                    "ConvInteger DequantizeLinear IsInf MatMulInteger Mod NonMaxSuppression QLinearConv QLinearMatMul QuantizeLinear Resize"
                            + " ReverseSequence RoiAlign StringNormalizer ThresholdedRelu",
            11,
                    "BitShift ConcatFromSequence CumSum Det DynamicQuantizeLinear GatherElements GatherND Range Round ScatterElements"
                            + " ScatterND SequenceAt SequenceConstruct SequenceEmpty SequenceErase SequenceInsert SequenceLength"
                            + " SplitToSequence Unique",
            12, "Celu Einsum GreaterOrEqual LessOrEqual NegativeLogLikelihoodLoss SoftmaxCrossEntropyLoss"));

    /** Operators that version 13 does not have, and the last version of each. */
    private static final Map<String, Integer> GONE = Map.of("Upsample", 9, "Scatter", 12);

    private static final Map<String, Function<Rewriting, List<NodeProto>>> FORMS = Map.ofEntries(
            Map.entry("Squeeze", OlderForms::axes),
            Map.entry("Unsqueeze", OlderForms::axes),
            Map.entry("ReduceSum", OlderForms::axes),
            Map.entry("Softmax", OlderForms::flattened),
            Map.entry("LogSoftmax", OlderForms::flattened),
            Map.entry("Hardmax", OlderForms::flattened),
            Map.entry("Split", OlderForms::split),
            Map.entry("Dropout", OlderForms::dropout),
            Map.entry("BatchNormalization", OlderForms::batchNormalization),
            Map.entry("Clip", OlderForms::clip),
            Map.entry("Pad", OlderForms::pad),
            Map.entry("Slice", OlderForms::slice),
            Map.entry("TopK", OlderForms::topK),
            Map.entry("Scan", OlderForms::scan),
            Map.entry("Scatter", r -> r.last("ScatterElements", r.old().getInputList(), List.of())),
            Map.entry("Resize", Resampling::resize),
            Map.entry("Upsample", Resampling::upsample));

    private OlderForms() {}

    private static Map<String, Integer> born(Map<Integer, String> byVersion) {
        Map<String, Integer> born = new HashMap<>();
        byVersion.forEach((version, names) -> List.of(names.split(" ")).forEach(name -> born.put(name, version)));
        return Map.copyOf(born);
    }

    /** Whether a version below 13 has an operator that version 13 has too, or had it. */
    public static boolean has(String operator, int version, boolean at13) {
        Integer last = GONE.get(operator);
        boolean there = last == null ? at13 : version <= last;
        return there && version >= OLDEST && version >= BORN.getOrDefault(operator, OLDEST);
    }

    /**
     * The node as nodes of version 13, in order; its outputs keep their names.
     *
     * @param version below 13
     * @throws Oracle.Refusal when the form is one that is not read
     */
    public static List<NodeProto> modern(NodeProto node, int version, Scope scope) {
        Function<Rewriting, List<NodeProto>> form = FORMS.get(node.getOpType());
        return form == null ? List.of(node) : form.apply(new Rewriting(node, version, scope));
    }

    /** Axes as an attribute. */
    private static List<NodeProto> axes(Rewriting r) {
        String axes = r.integers("axes");
        return r.last(
                r.old().getOpType(),
                axes.isEmpty() ? r.old().getInputList() : List.of(r.old().getInput(0), axes),
                List.of("axes"));
    }

    /** All axes from one on together, so that the tensor has two. */
    private static List<NodeProto> flattened(Rewriting r) {
        String x = r.old().getInput(0);
        String shape = r.then("Shape", "shape", List.of(x));
        String flat = r.then("Flatten", "flat", List.of(x), Attribute.of("axis", r.integer("axis", 1)));
        String rows = r.then(r.old().getOpType(), "rows", List.of(flat), Attribute.of("axis", 1));
        return r.last("Reshape", List.of(rows, shape), List.of("axis"));
    }

    private static List<NodeProto> split(Rewriting r) {
        String split = r.integers("split");
        return r.last(
                "Split",
                split.isEmpty() ? r.old().getInputList() : List.of(r.old().getInput(0), split),
                List.of("split"));
    }

    /** Before version 12 the ratio is an attribute, and the model is run, not trained; before 10 the mask has the input's type. */
    private static List<NodeProto> dropout(Rewriting r) {
        if (r.version() >= 12) {
            return r.last(r.old());
        }
        boolean masked = r.old().getOutputCount() > 1 && !r.old().getOutput(1).isEmpty();
        if (!masked || r.version() >= 10) {
            return r.last("Dropout", r.old().getInputList(), List.of("ratio"));
        }
        String mask = r.inner("mask");
        r.last(r.old().toBuilder().clearAttribute().setOutput(1, mask).build());
        return r.last(NodeProto.newBuilder()
                .setName(r.old().getName())
                .setOpType("Cast")
                .addInput(mask)
                .addOutput(r.old().getOutput(1))
                .addAttribute(Attribute.of("to", r.type(0).onnx()))
                .build());
    }

    private static List<NodeProto> batchNormalization(Rewriting r) {
        if (r.integer("spatial", 1) == 0) {
            throw r.refusal("statistics of each place, spatial = 0, are not known to the oracle");
        }
        return r.last("BatchNormalization", r.old().getInputList(), List.of("spatial"));
    }

    /** Before version 11 the ends are attributes. */
    private static List<NodeProto> clip(Rewriting r) {
        return r.version() >= 11
                ? r.last(r.old())
                : r.last("Clip", List.of(r.old().getInput(0), end(r, "min"), end(r, "max")), List.of("min", "max"));
    }

    private static String end(Rewriting r, String name) {
        return r.attribute(name)
                .map(a -> r.constant(name, Tensor.ofReals(r.type(0), Shape.SCALAR, a.getF())))
                .orElse("");
    }

    /** Before version 11 the widths and the value are attributes. */
    private static List<NodeProto> pad(Rewriting r) {
        if (r.version() >= 11) {
            return r.last(r.old());
        }
        double value = r.attribute("value").map(AttributeProto::getF).orElse(0f);
        return r.last(
                "Pad",
                List.of(
                        r.old().getInput(0),
                        r.integers("pads"),
                        r.constant("value", Tensor.ofReals(r.type(0), Shape.SCALAR, value))),
                List.of("pads", "value"));
    }

    /** Before version 10 starts, ends and axes are attributes. */
    private static List<NodeProto> slice(Rewriting r) {
        return r.version() >= 10
                ? r.last(r.old())
                : r.last(
                        "Slice",
                        List.of(r.old().getInput(0), r.integers("starts"), r.integers("ends"), r.integers("axes")),
                        List.of("starts", "ends", "axes"));
    }

    /** Before version 10 the number of elements is an attribute. */
    private static List<NodeProto> topK(Rewriting r) {
        return r.version() >= 10
                ? r.last(r.old())
                : r.last(
                        "TopK",
                        List.of(
                                r.old().getInput(0),
                                r.constant("k", Tensor.ofLongs(ElementType.INT64, Shape.of(1), r.integer("k", 0)))),
                        List.of("k"));
    }

    private static List<NodeProto> scan(Rewriting r) {
        if (r.version() < 9) {
            throw r.refusal("Scan of version 8, with its axis of the batch, is not known to the oracle");
        }
        return r.last(r.old());
    }
}
