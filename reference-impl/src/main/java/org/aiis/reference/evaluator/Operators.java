package org.aiis.reference.evaluator;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.activation.Gelu;
import org.aiis.reference.operators.activation.LeakyRelu;
import org.aiis.reference.operators.activation.Relu;
import org.aiis.reference.operators.activation.Sigmoid;
import org.aiis.reference.operators.activation.Tanh;
import org.aiis.reference.operators.comparison.And;
import org.aiis.reference.operators.comparison.Equal;
import org.aiis.reference.operators.comparison.Greater;
import org.aiis.reference.operators.comparison.GreaterOrEqual;
import org.aiis.reference.operators.comparison.IsNaN;
import org.aiis.reference.operators.comparison.Less;
import org.aiis.reference.operators.comparison.LessOrEqual;
import org.aiis.reference.operators.comparison.Not;
import org.aiis.reference.operators.comparison.Or;
import org.aiis.reference.operators.comparison.Where;
import org.aiis.reference.operators.conversion.Cast;
import org.aiis.reference.operators.elementwise.Abs;
import org.aiis.reference.operators.elementwise.Add;
import org.aiis.reference.operators.elementwise.Ceil;
import org.aiis.reference.operators.elementwise.Clip;
import org.aiis.reference.operators.elementwise.Div;
import org.aiis.reference.operators.elementwise.Erf;
import org.aiis.reference.operators.elementwise.Exp;
import org.aiis.reference.operators.elementwise.Floor;
import org.aiis.reference.operators.elementwise.Log;
import org.aiis.reference.operators.elementwise.Max;
import org.aiis.reference.operators.elementwise.Mean;
import org.aiis.reference.operators.elementwise.Min;
import org.aiis.reference.operators.elementwise.Mul;
import org.aiis.reference.operators.elementwise.Neg;
import org.aiis.reference.operators.elementwise.Pow;
import org.aiis.reference.operators.elementwise.Reciprocal;
import org.aiis.reference.operators.elementwise.Round;
import org.aiis.reference.operators.elementwise.Sign;
import org.aiis.reference.operators.elementwise.Sqrt;
import org.aiis.reference.operators.elementwise.Sub;
import org.aiis.reference.operators.elementwise.Sum;
import org.aiis.reference.operators.generation.Constant;
import org.aiis.reference.operators.generation.ConstantOfShape;
import org.aiis.reference.operators.generation.OneHot;
import org.aiis.reference.operators.generation.Range;
import org.aiis.reference.operators.linear.Conv;
import org.aiis.reference.operators.linear.Gemm;
import org.aiis.reference.operators.linear.MatMul;
import org.aiis.reference.operators.movement.Concat;
import org.aiis.reference.operators.movement.Expand;
import org.aiis.reference.operators.movement.Flatten;
import org.aiis.reference.operators.movement.Gather;
import org.aiis.reference.operators.movement.Identity;
import org.aiis.reference.operators.movement.Pad;
import org.aiis.reference.operators.movement.Reshape;
import org.aiis.reference.operators.movement.Shape;
import org.aiis.reference.operators.movement.Slice;
import org.aiis.reference.operators.movement.Split;
import org.aiis.reference.operators.movement.Squeeze;
import org.aiis.reference.operators.movement.Transpose;
import org.aiis.reference.operators.movement.Unsqueeze;
import org.aiis.reference.operators.normalisation.BatchNormalization;
import org.aiis.reference.operators.normalisation.LayerNormalization;
import org.aiis.reference.operators.normalisation.LogSoftmax;
import org.aiis.reference.operators.normalisation.Softmax;
import org.aiis.reference.operators.pooling.AveragePool;
import org.aiis.reference.operators.pooling.GlobalAveragePool;
import org.aiis.reference.operators.pooling.MaxPool;
import org.aiis.reference.operators.reduction.ArgMax;
import org.aiis.reference.operators.reduction.CumSum;
import org.aiis.reference.operators.reduction.ReduceMax;
import org.aiis.reference.operators.reduction.ReduceMean;
import org.aiis.reference.operators.reduction.ReduceMin;
import org.aiis.reference.operators.reduction.ReduceProd;
import org.aiis.reference.operators.reduction.ReduceSum;

/** The operators, by name, with the first opset version of those that are younger than the oldest one covered. */
final class Operators {
    private record Entry(int since, Operator operator, List<Signature> signatures) {
        Entry {
            signatures = List.copyOf(signatures);
        }
    }

    private static final Map<String, Entry> ALL = all();

    private Operators() {}

    static Set<String> names() {
        return ALL.keySet();
    }

    static Optional<Operator> find(String name, int opset) {
        return Optional.ofNullable(ALL.get(name))
                .filter(e -> opset >= e.since())
                .map(Entry::operator);
    }

    /** Of an operator that {@link #find} finds. */
    static Signature signature(String name, int opset) {
        Entry entry = ALL.get(name);
        if (entry == null) {
            throw new IllegalArgumentException(name + " is no operator");
        }
        return entry.signatures().get(opset - Program.OLDEST_OPSET);
    }

    private static void add(Map<String, Entry> to, String name, Operator operator) {
        add(to, name, Program.OLDEST_OPSET, operator);
    }

    private static void add(Map<String, Entry> to, String name, int since, Operator operator) {
        List<Signature> signatures = java.util.stream.IntStream.rangeClosed(Program.OLDEST_OPSET, Program.NEWEST_OPSET)
                .mapToObj(operator::signature)
                .toList();
        to.put(name, new Entry(since, operator, signatures));
    }

    private static Map<String, Entry> all() {
        Map<String, Entry> all = new TreeMap<>();
        add(all, "Abs", new Abs());
        add(all, "Add", new Add());
        add(all, "Ceil", new Ceil());
        add(all, "Clip", new Clip());
        add(all, "Div", new Div());
        add(all, "Erf", new Erf());
        add(all, "Exp", new Exp());
        add(all, "Floor", new Floor());
        add(all, "Log", new Log());
        add(all, "Max", new Max());
        add(all, "Mean", new Mean());
        add(all, "Min", new Min());
        add(all, "Mul", new Mul());
        add(all, "Neg", new Neg());
        add(all, "Pow", new Pow());
        add(all, "Reciprocal", new Reciprocal());
        add(all, "Round", new Round());
        add(all, "Sign", new Sign());
        add(all, "Sqrt", new Sqrt());
        add(all, "Sub", new Sub());
        add(all, "Sum", new Sum());
        add(all, "Gelu", 20, new Gelu());
        add(all, "LeakyRelu", new LeakyRelu());
        add(all, "Relu", new Relu());
        add(all, "Sigmoid", new Sigmoid());
        add(all, "Tanh", new Tanh());
        add(all, "And", new And());
        add(all, "Equal", new Equal());
        add(all, "Greater", new Greater());
        add(all, "GreaterOrEqual", new GreaterOrEqual());
        add(all, "IsNaN", new IsNaN());
        add(all, "Less", new Less());
        add(all, "LessOrEqual", new LessOrEqual());
        add(all, "Not", new Not());
        add(all, "Or", new Or());
        add(all, "Where", new Where());
        add(all, "Conv", new Conv());
        add(all, "Gemm", new Gemm());
        add(all, "MatMul", new MatMul());
        add(all, "AveragePool", new AveragePool());
        add(all, "GlobalAveragePool", new GlobalAveragePool());
        add(all, "MaxPool", new MaxPool());
        add(all, "ArgMax", new ArgMax());
        add(all, "CumSum", new CumSum());
        add(all, "ReduceMax", new ReduceMax());
        add(all, "ReduceMean", new ReduceMean());
        add(all, "ReduceMin", new ReduceMin());
        add(all, "ReduceProd", new ReduceProd());
        add(all, "ReduceSum", new ReduceSum());
        add(all, "BatchNormalization", new BatchNormalization());
        add(all, "LayerNormalization", 17, new LayerNormalization());
        add(all, "LogSoftmax", new LogSoftmax());
        add(all, "Softmax", new Softmax());
        add(all, "Concat", new Concat());
        add(all, "Expand", new Expand());
        add(all, "Flatten", new Flatten());
        add(all, "Gather", new Gather());
        add(all, "Identity", new Identity());
        add(all, "Pad", new Pad());
        add(all, "Reshape", new Reshape());
        add(all, "Shape", new Shape());
        add(all, "Slice", new Slice());
        add(all, "Split", new Split());
        add(all, "Squeeze", new Squeeze());
        add(all, "Transpose", new Transpose());
        add(all, "Unsqueeze", new Unsqueeze());
        add(all, "Constant", new Constant());
        add(all, "ConstantOfShape", new ConstantOfShape());
        add(all, "OneHot", new OneHot());
        add(all, "Range", new Range());
        add(all, "Cast", new Cast());
        return Collections.unmodifiableMap(all);
    }
}
