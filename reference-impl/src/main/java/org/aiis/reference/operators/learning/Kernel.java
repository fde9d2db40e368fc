package org.aiis.reference.operators.learning;

import java.util.Arrays;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;

/**
 * What a support vector machine compares samples with its vectors by: LINEAR x·v, POLY (gamma·x·v + coef0)^degree, RBF
 * e^(−gamma·|x − v|²), SIGMOID tanh(gamma·x·v + coef0). ONNX names the kernels and their three parameters; the formulas are
 * those of LIBSVM.
 */
enum Kernel {
    LINEAR,
    POLY,
    RBF,
    SIGMOID;

    private static final int LARGEST_DEGREE = 64;

    static String[] words() {
        return Arrays.stream(values()).map(Enum::name).toArray(String[]::new);
    }

    static Kernel of(Call call) {
        return valueOf(call.attributes().word("kernel_type"));
    }

    /** [samples, vectors]. */
    Numbers of(Call call, Features x, double[] vectors, int count) {
        if (vectors.length != (long) count * x.features()) {
            throw call.refusal(vectors.length + " numbers for " + count + " vectors of " + x.features());
        }
        call.spend((long) x.samples() * vectors.length * 4);
        double[] parameters = Features.floats(call.attributes(), "kernel_params");
        if (this != LINEAR && parameters.length != 3) {
            throw call.refusal("kernel_params has " + parameters.length + " elements, must have 3");
        }
        Formula f = Features.formula(call);
        if (this == RBF) {
            return f.of(Unary.EXP, f.times(distances(call, f, x, vectors, count), -parameters[0]));
        }
        Numbers products = f.arithmetic()
                .dots(
                        Matrix.rowMajor(x.values(), 0, x.samples(), x.features()),
                        Matrix.oriented(Reals.own(vectors), count, x.features(), true),
                        f.arithmetic().constant(0, 0));
        if (this == LINEAR) {
            return products;
        }
        Numbers scaled = f.plus(f.times(products, parameters[0]), parameters[1]);
        return this == SIGMOID ? f.of(Unary.TANH, scaled) : power(call, f, scaled, parameters[2]);
    }

    private static Numbers distances(Call call, Formula f, Features x, double[] vectors, int count) {
        int size = call.shape(x.samples(), count, x.features()).size();
        int width = Math.max(1, x.features());
        int[] sample = new int[size];
        int[] vector = new int[size];
        Arrays.setAll(sample, i -> i / (width * count) * width + i % width);
        Arrays.setAll(vector, i -> i % (width * count));
        Numbers difference =
                f.minus(x.values().gather(sample), Reals.own(vectors).gather(vector));
        int[] runs = Arithmetic.equalRuns(x.samples() * count, x.features());
        return f.arithmetic().sums(f.times(difference, difference), runs);
    }

    private static Numbers power(Call call, Formula f, Numbers x, double degree) {
        if (degree != Math.rint(degree) || degree < 0 || degree > LARGEST_DEGREE) {
            throw call.refusal("a kernel of degree " + degree);
        }
        Numbers power = f.arithmetic().constant(1, x.size());
        for (int i = 0; i < degree; i++) {
            power = i == 0 ? x : f.times(power, x);
        }
        return power;
    }
}
