package org.aiis.conformance.judge;

import java.util.Map;
import java.util.SortedMap;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.ErrorPattern;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Reference;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/**
 * The outputs of one run against their references: names, types and shapes first, then elements.
 *
 * @param drawn whether a case drew the inputs, as {@link ToleranceComparison} asks
 */
record OutputsComparison(Standard standard, TestCase testCase, Terms terms, boolean drawn) {
    OutputsComparison(Standard standard, TestCase testCase, Terms terms) {
        this(standard, testCase, terms, true);
    }

    Comparison compare(
            SortedMap<String, Recorded> got,
            Map<String, ? extends Reference.Value> expected,
            Tolerance stated,
            Map<String, Tensor> inputs) {
        if (!got.keySet().equals(expected.keySet())) {
            return Comparison.wrong("outputs " + got.keySet() + ", expected " + expected.keySet(), ErrorPattern.NAMES);
        }
        Comparison all = Comparison.fine();
        for (Map.Entry<String, ? extends Reference.Value> output : expected.entrySet()) {
            Recorded recorded = java.util.Objects.requireNonNull(got.get(output.getKey()));
            all = all.and(one(output.getKey(), recorded, output.getValue(), stated, inputs));
        }
        return all;
    }

    private Comparison one(
            String name, Recorded got, Reference.Value reference, Tolerance stated, Map<String, Tensor> inputs) {
        if (got.type() != reference.type()) {
            return Comparison.wrong(
                    "output " + name + " has type " + got.type().label() + ", expected "
                            + reference.type().label(),
                    ErrorPattern.TYPE);
        }
        if (!got.shape().equals(reference.shape())) {
            return Comparison.wrong(
                    "output " + name + " has shape " + got.shape() + ", expected " + reference.shape(),
                    ErrorPattern.SHAPE);
        }
        if (stated instanceof Tolerance.Distribution) {
            return Comparison.fine();
        }
        if (stated instanceof Tolerance.Sensitivity && got instanceof Recorded.Whole && isInteger(reference.type())) {
            return SpreadComparison.compare(name, got.tensor(), reference);
        }
        Tolerance tolerance = tolerance(stated, reference.type());
        if (got instanceof Recorded.Digest digest) {
            return byDigest(name, digest, reference.rounded(), tolerance);
        }
        if (tolerance instanceof Tolerance.Quantised) {
            return QuantisedComparison.compare(name, got.tensor(), reference);
        }
        if (!reference.type().isFloat()) {
            return ExactComparison.compare(name, got.tensor(), reference.rounded());
        }
        Tensor argument = inputs.isEmpty()
                ? reference.rounded()
                : inputs.values().iterator().next();
        return new ToleranceComparison(
                        tolerance,
                        ZeroSign.fixed(testCase, tolerance),
                        ZeroSign.fixedThroughUnderflow(testCase),
                        terms.flushed().contains(reference.type()),
                        // The judge has taken away the modes that affect no operator of the model.
                        terms.modes().stream()
                                .filter(mode -> mode.affects(reference.type()))
                                .allMatch(PrecisionMode::independent),
                        drawn,
                        i -> argument.type() != ElementType.STRING && i < argument.size() ? argument.real(i) : 0)
                .compare(name, got.tensor(), reference);
    }

    private static boolean isInteger(ElementType type) {
        return !type.isFloat() && type != ElementType.STRING && type != ElementType.BOOL;
    }

    private static Comparison byDigest(String name, Recorded.Digest got, Tensor reference, Tolerance tolerance) {
        if (!(tolerance instanceof Tolerance.Exact)) {
            throw new IllegalStateException(
                    "only a digest of output " + name + " was kept, and its tolerance is " + tolerance.notation());
        }
        return got.digest().equals(reference.digest())
                ? Comparison.fine()
                : Comparison.wrong("output " + name + " has digest " + got.digest() + ", reference "
                        + reference.digest() + ", allowed exact");
    }

    /** The row's tolerance at the level that is claimed, where the case states the row's; exact for what is neither a float nor quantised. */
    Tolerance tolerance(Tolerance stated, ElementType output) {
        if (!output.isFloat() && !(stated instanceof Tolerance.Quantised)) {
            return new Tolerance.Exact();
        }
        return testCase.pair()
                .map(pair -> standard.operators().get(pair.operator()))
                .filter(row -> row.full().equals(stated))
                .map(row -> row.tolerance(terms.accuracy(), output))
                .orElse(stated);
    }
}
