package org.aiis.reference.operators.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * Products of elements of all operands, summed over the indices that the output does not have, as the equation says:
 * letters are indices, an ellipsis stands for axes that broadcast, a repeated letter of a term walks a diagonal.
 *
 * <p>Sums run in row-major order of the summed indices; none gives 0. NaN and 0 · ∞ spread through the sum, integers wrap.
 * σ is that of sums of products, as of MatMul, a product of three operands being one of the first two and the third. A letter has one extent wherever it stands. Source: ONNX operator text
 * of opset 12, 28.
 */
public final class Einsum implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("Inputs*:T -> Output:T")
                .type("T", opset < 28 ? Types.without(Types.NUMERIC, ElementType.BFLOAT16) : Types.NUMERIC)
                .required("equation", AttributeType.STRING);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Equation equation = Equation.of(call);
        Map<Integer, Integer> extents = new TreeMap<>();
        List<List<Integer>> terms = equation.terms(call, extents);
        List<Integer> result = equation.result(call, extents);
        Set<Integer> summed = new TreeSet<>(extents.keySet());
        result.forEach(summed::remove);
        int[] outer = result.stream().mapToInt(extents::get).toArray();
        int[] inner = summed.stream().mapToInt(extents::get).toArray();
        Shape shape = call.shape(Shape.of(outer).toLongs());
        call.shape(IntStream.concat(IntStream.of(outer), IntStream.of(inner))
                .asLongStream()
                .toArray());
        int addends = Axes.extent(inner, 0, inner.length);
        List<Integer> order = new ArrayList<>(result);
        order.addAll(summed);
        Numbers product = spread(call.input(0), terms.get(0), order, extents);
        for (int i = 1; i < terms.size(); i++) {
            Numbers operand = spread(call.input(i), terms.get(i), order, extents);
            boolean last = i == terms.size() - 1;
            product = products(
                    call.arithmetic(), product, operand, last ? shape.size() : product.size(), last ? addends : 1);
        }
        Numbers sums = terms.size() == 1 && !summed.isEmpty()
                ? call.arithmetic().sums(product, Arithmetic.equalRuns(shape.size(), addends))
                : product;
        return List.of(Value.of(call.input(0).type(), shape, sums));
    }

    /** Dot products of runs of a and b, so many of such a length: with the precision modes that dot products have. */
    private static Numbers products(Arithmetic arithmetic, Numbers a, Numbers b, int count, int length) {
        Numbers none = arithmetic.constant(0, 0);
        List<Numbers> products = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            products.add(arithmetic.dots(
                    Matrix.rowMajor(a, i * length, 1, length), Matrix.rowMajor(b, i * length, length, 1), none));
        }
        return products.isEmpty() ? none : Numbers.join(products);
    }

    /** The operand's element for every combination of all indices. */
    private static Numbers spread(
            Value operand, List<Integer> term, List<Integer> order, Map<Integer, Integer> extents) {
        int[] own = operand.shape().toArray();
        int[] ownSteps = Walk.steps(own);
        int[] dims = order.stream().mapToInt(extents::get).toArray();
        int[] steps = new int[order.size()];
        for (int axis = 0; axis < own.length; axis++) {
            // An axis of an ellipsis that has extent 1 is broadcast.
            steps[order.indexOf(term.get(axis))] += own[axis] == 1 ? 0 : ownSteps[axis];
        }
        return operand.numbers().gather(Walk.places(dims, steps, 0));
    }
}
