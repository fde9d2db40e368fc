package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Signature;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Forms that follow from an operator's schema and its plain form, whatever the operator: 'aiis qualify' and the mutants of
 * the oracle showed that declarations by hand leave these out.
 */
final class Common {
    /** Sums of a plain form have fewer terms; integers this far below the largest do not overflow in them. */
    private static final int HEADROOM = 64;

    /** Operators on integers that give a result near the data operand when every other operand is 1. */
    private static final Set<String> KEEPING_SIZE = Set.of(
            "Abs",
            "Neg",
            "Add",
            "Sub",
            "Mul",
            "Div",
            "Pow",
            "ReduceSum",
            "ReduceMax",
            "ReduceMin",
            "CumSum",
            "MatMul",
            "Gemm",
            "Max",
            "Min",
            "Sum");

    /** Those of them that add nothing up, and others that only choose: all of an unsigned type fits. */
    private static final Set<String> CHOOSING =
            Set.of("Abs", "Mul", "Div", "Max", "Min", "MaxPool", "ReduceMax", "ReduceMin", "Clip", "Relu");

    private Common() {}

    static Declaration added(Declaration declared) {
        Signature newest = Evaluator.signature(declared.operator(), Program.NEWEST_OPSET);
        Declaration all = declared.reject("attribute-unknown", n -> n.with(Attribute.of("no_such_attribute", 1L)));
        if (Signature.most(newest.inputs()) < Integer.MAX_VALUE) {
            all = all.reject("operand-too-many", Common::tooMany);
        }
        if (Signature.fewest(newest.inputs()) > 0
                && declared.rejects().stream()
                        .noneMatch(t -> t.name().contains("missing") || t.name().startsWith("one-"))) {
            all = all.reject("operand-missing", Common::oneLess);
        }
        if (KEEPING_SIZE.contains(declared.operator())) {
            all = all.value(
                    "wide-integers",
                    types(Common::wide),
                    s -> filled(declared.plain().in(s), s, () -> large(s)));
        }
        if (declared.operator().equals("ReduceMean")) {
            // ONNX is silent about the rounding of an integer mean, so the elements are equal.
            all = all.value("wide-integers", types(Common::wide), s -> {
                long one = large(s);
                return filled(declared.plain().in(s), s, () -> one);
            });
        }
        if (declared.operator().equals("Clip")) {
            all = all.value("wide-integers", types(Common::wide), s -> s.node()
                    .feed(numbers(s, Shape.of(5, 13), () -> large(s))));
        }
        if (CHOOSING.contains(declared.operator())) {
            all = all.value(
                    "whole-range",
                    types(t -> t.isInteger() && !t.isSigned() && t.bytes() < 8),
                    s -> filled(declared.plain().in(s), s, () -> s.seeded()
                            .integer(0, s.type().maxInteger())));
        }
        return all;
    }

    /** An odd number that neither binary32 nor, for 64 bits, binary64 holds. */
    private static long large(Setting s) {
        long largest = s.type().maxInteger() >>> (s.type() == ElementType.UINT64 ? 1 : 0);
        return s.seeded().integer(largest / HEADROOM / 2, largest / HEADROOM) | 1;
    }

    private static boolean wide(ElementType type) {
        return type.isInteger() && type.bytes() >= 4;
    }

    /** The data operand with other numbers, and small ones in every other operand of its type. */
    private static OneNode filled(OneNode node, Setting s, LongSupplier numbers) {
        Signature signature = Evaluator.signature(node.operator(), node.opset());
        String data = signature.inputs().get(0).type();
        long small = node.operator().equals("Div") ? 3 : 1;
        OneNode filled = node;
        for (int i = 0; i < node.operands().size(); i++) {
            int parameter = Math.min(i, signature.inputs().size() - 1);
            boolean ofData = signature.inputs().get(parameter).type().equals(data)
                    || node.operator().equals("Pow");
            if (ofData && node.operands().get(i) instanceof OneNode.Operand.Fed fed) {
                filled = filled.replacing(i, numbers(s, fed.tensor().shape(), i == 0 ? numbers : () -> small));
            }
        }
        return filled;
    }

    private static Tensor numbers(Setting s, Shape shape, LongSupplier numbers) {
        Tensor.Builder tensor = new Tensor.Builder(s.type(), shape);
        for (int i = 0; i < shape.size(); i++) {
            tensor.setBits(i, numbers.getAsLong());
        }
        return tensor.build();
    }

    /** One operand more than the schema has. */
    private static OneNode tooMany(OneNode node) {
        int most = Signature.most(
                Evaluator.signature(node.operator(), node.opset()).inputs());
        List<OneNode.Operand> operands = new ArrayList<>(node.operands());
        while (operands.size() <= most) {
            operands.add(
                    operands.isEmpty()
                            ? new OneNode.Operand.Fed(Tensor.ofFloats(Shape.of(1), 1), false)
                            : operands.get(operands.size() - 1));
        }
        return new OneNode(node.operator(), node.opset(), operands, node.attributes(), node.outputs());
    }

    private static OneNode oneLess(OneNode node) {
        int fewest = Signature.fewest(
                Evaluator.signature(node.operator(), node.opset()).inputs());
        OneNode less = node;
        while (less.operands().size() >= fewest) {
            less = less.shortened();
        }
        return less;
    }
}
