package org.aiis.reference.operators.recurrent;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;

/**
 * An activation function of a gate, with its parameters. Those that are not given are the defaults of the operator of the
 * same name; Affine and ScaledTanh have none today, so that theirs must be given. Softplus as
 * max(x, 0) + log(1 + e^−|x|), which does not overflow.
 */
record Activation(String name, double alpha, double beta) {
    private static final Set<String> NAMES = Set.of(
            "Relu",
            "Tanh",
            "Sigmoid",
            "Affine",
            "LeakyRelu",
            "ThresholdedRelu",
            "ScaledTanh",
            "HardSigmoid",
            "Elu",
            "Softsign",
            "Softplus");
    private static final Set<String> WITH_ALPHA =
            Set.of("Affine", "LeakyRelu", "ThresholdedRelu", "ScaledTanh", "HardSigmoid", "Elu");
    private static final Set<String> WITH_BETA = Set.of("Affine", "ScaledTanh", "HardSigmoid");

    /** The functions that a node names, or as many of the given ones for each direction. */
    static List<Activation> read(Call call, List<String> otherwise, int directions) {
        Attributes attributes = call.attributes();
        List<String> names = new ArrayList<>();
        if (attributes.has("activations")) {
            attributes.proto("activations").getStringsList().forEach(name -> names.add(name.toStringUtf8()));
        } else {
            for (int i = 0; i < directions; i++) {
                names.addAll(otherwise);
            }
        }
        if (names.size() < otherwise.size() * directions) {
            throw call.refusal(
                    "activations names " + names.size() + " functions, must name " + otherwise.size() * directions);
        }
        Iterator<Float> alphas = parameters(attributes, "activation_alpha");
        Iterator<Float> betas = parameters(attributes, "activation_beta");
        List<Activation> functions = new ArrayList<>();
        for (String name : names) {
            if (!NAMES.contains(name)) {
                throw call.refusal("the activation function '" + name + "' is not known");
            }
            double alpha = WITH_ALPHA.contains(name) ? next(call, alphas, alpha(name), name) : 0;
            double beta = WITH_BETA.contains(name) ? next(call, betas, beta(name), name) : 0;
            functions.add(new Activation(name, alpha, beta));
        }
        return functions;
    }

    private static Iterator<Float> parameters(Attributes attributes, String name) {
        return attributes.has(name)
                ? attributes.proto(name).getFloatsList().iterator()
                : List.<Float>of().iterator();
    }

    private static double next(Call call, Iterator<Float> given, double otherwise, String name) {
        if (given.hasNext()) {
            return given.next();
        }
        if (Double.isNaN(otherwise)) {
            throw call.refusal(name + " has no default for a parameter that is not given");
        }
        return otherwise;
    }

    private static double alpha(String name) {
        return switch (name) {
            case "LeakyRelu" -> 0.01f;
            case "HardSigmoid" -> 0.2f;
            case "ThresholdedRelu", "Elu" -> 1;
            default -> Double.NaN;
        };
    }

    private static double beta(String name) {
        return name.equals("HardSigmoid") ? 0.5 : Double.NaN;
    }

    Numbers of(Numbers x, Formula f) {
        return switch (name) {
            case "Relu" -> f.greatest(x, 0);
            case "Tanh" -> f.tanh(x);
            case "Sigmoid" -> f.sigmoid(x);
            case "Affine" -> f.plus(f.times(x, alpha), beta);
            case "LeakyRelu" -> f.whereLess(x, 0, f.times(x, alpha), x);
            case "ThresholdedRelu" -> f.whereLess(x, alpha, f.arithmetic().constant(0, x.size()), x);
            case "ScaledTanh" -> f.times(f.tanh(f.times(x, beta)), alpha);
            case "HardSigmoid" -> f.least(f.greatest(f.plus(f.times(x, alpha), beta), 0), 1);
            case "Elu" -> f.whereLess(x, 0, f.times(f.plus(f.of(Unary.EXP, x), -1), alpha), x);
            case "Softsign" -> f.over(x, f.plus(f.of(Unary.ABS, x), 1));
            case "Softplus" ->
                f.plus(
                        f.greatest(x, 0),
                        f.of(Unary.LOG, f.plus(f.of(Unary.EXP, f.of(Unary.NEG, f.of(Unary.ABS, x))), 1)));
            default -> throw new IllegalStateException(name);
        };
    }
}
