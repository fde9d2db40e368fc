package org.aiis.conformance.judge;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Reference;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/** A reference whose every part a test states, in place of the oracle's. */
record Stated(ElementType type, double[] reals, double sigma, double magnitude, int factors)
        implements Reference.Value {
    static final Terms TERMS = new Terms(Accuracy.FULL, Set.of(), Set.of(), Set.of(), "P", Set.of(), Map.of());

    static Stated of(ElementType type, double... reals) {
        return new Stated(type, reals, 0, 1, 1);
    }

    Stated withSigma(double value) {
        return new Stated(type, reals, value, magnitude, factors);
    }

    Stated withMagnitude(double value) {
        return new Stated(type, reals, sigma, value, factors);
    }

    Stated withFactors(int n) {
        return new Stated(type, reals, sigma, magnitude, n);
    }

    @Override
    public Shape shape() {
        return Shape.of(reals.length);
    }

    @Override
    public Tensor rounded() {
        return Tensor.ofReals(type, shape(), reals);
    }

    @Override
    public double real(int i) {
        return reals[i];
    }

    @Override
    public double low(int i) {
        return 0;
    }

    @Override
    public double sigma(int i) {
        return sigma;
    }

    @Override
    public double magnitude(int i) {
        return magnitude;
    }

    @Override
    public int factors(int i) {
        return factors;
    }

    /** An oracle that says this of y, whatever it is asked. */
    static Oracle oracle(Reference.Value value) {
        return new Oracle() {
            @Override
            public void check(org.aiis.spec.tensor.Bytes model) {}

            @Override
            public Reference evaluate(Bytes model, Map<String, Tensor> inputs) {
                return new Reference(new TreeMap<>(Map.of("y", value)));
            }

            @Override
            public Reference sensitivity(Bytes model, Map<String, Tensor> inputs, int runs) {
                return evaluate(model, inputs);
            }

            @Override
            public String digest() {
                return "stated";
            }
        };
    }

    static TestCase testCase(String id, Expectation expectation, Tensor argument) {
        return testCase(id, expectation, new Stimulus.ModelRun(Bytes.own(new byte[0]), Map.of("x", argument)));
    }

    static TestCase testCase(String id, Expectation expectation, Stimulus stimulus) {
        String requirement = id.substring(0, id.indexOf('/'));
        String[] words = requirement.split("-");
        java.util.Optional<OperatorType> pair = words[0].equals("OP")
                ? java.util.Optional.of(new OperatorType(words[1], ElementType.FLOAT32))
                : java.util.Optional.empty();
        return new TestCase(id, java.util.List.of(requirement), Grade.FULL, pair, () -> stimulus, expectation, "test");
    }

    /** What the judge says when y is observed, under a tolerance. */
    Finding judge(Tolerance tolerance, double argument, double... y) {
        return judge(tolerance, TERMS, argument, y);
    }

    Finding judge(Tolerance tolerance, Terms terms, double argument, double... y) {
        double[] arguments = new double[y.length];
        java.util.Arrays.fill(arguments, argument);
        return new StandardJudge(oracle(this), StandardReader.bundled())
                .judge(
                        testCase(
                                "NUM-CHAIN/t",
                                new Expectation.ByOracle(tolerance),
                                Tensor.ofReals(type, Shape.of(y.length), arguments)),
                        Observation.Outputs.of(Map.of("y", Tensor.ofReals(type, Shape.of(y.length), y))),
                        terms);
    }
}
