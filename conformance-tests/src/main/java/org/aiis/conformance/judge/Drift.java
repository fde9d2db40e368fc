package org.aiis.conformance.judge;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Reference;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/**
 * How far two answers lie apart in units of the limit of a case: the same limit, element by element, that each of them is held
 * to. It says nothing of which is right; two right ones are up to two units apart.
 */
public record Drift(Oracle oracle, Standard standard) {
    /** The largest over all elements; empty where no element has a limit other than zero. */
    public OptionalDouble between(TestCase testCase, Observation one, Observation other, Terms terms) {
        Stimulus stimulus = testCase.stimulus().get();
        Optional<Tolerance> tolerance = tolerance(testCase.expectation());
        Optional<Stimulus.ModelRun> run = run(stimulus);
        Optional<Observation.Outputs> before = outputs(one);
        Optional<Observation.Outputs> now = outputs(other);
        if (tolerance.isEmpty() || run.isEmpty() || before.isEmpty() || now.isEmpty()) {
            return OptionalDouble.empty();
        }
        Collection<String> operators = Placement.of(stimulus, terms).operators().values();
        Terms here = terms.withModes(StandardJudge.affecting(terms, operators));
        try {
            return between(testCase, tolerance.get(), run.get(), before.get(), now.get(), here);
        } catch (Oracle.Refusal refused) {
            return OptionalDouble.empty();
        }
    }

    private OptionalDouble between(
            TestCase testCase,
            Tolerance stated,
            Stimulus.ModelRun run,
            Observation.Outputs one,
            Observation.Outputs other,
            Terms terms) {
        Reference reference = stated instanceof Tolerance.Sensitivity
                ? oracle.sensitivity(run.model(), run.inputs(), RunningErrorBound.RUNS)
                : oracle.evaluate(run.model(), run.inputs(), terms.modes());
        OutputsComparison comparison = new OutputsComparison(standard, testCase, terms);
        OptionalDouble worst = OptionalDouble.empty();
        for (Map.Entry<String, Reference.Value> output : reference.outputs().entrySet()) {
            Reference.Value value = output.getValue();
            Tolerance tolerance = comparison.tolerance(stated, value.type());
            Recorded a = one.values().get(output.getKey());
            Recorded b = other.values().get(output.getKey());
            if (a instanceof Recorded.Whole before && b instanceof Recorded.Whole now && bounded(tolerance, value)) {
                Tensor argument = run.inputs().isEmpty()
                        ? value.rounded()
                        : run.inputs().values().iterator().next();
                worst = larger(worst, between(before.tensor(), now.tensor(), value, tolerance, argument));
            }
        }
        return worst;
    }

    /** Of two outputs that stand for the same value of a reference. */
    public static OptionalDouble between(
            Tensor one, Tensor other, Reference.Value reference, Tolerance tolerance, Tensor argument) {
        if (!comparable(one, reference) || !comparable(other, reference) || !bounded(tolerance, reference)) {
            return OptionalDouble.empty();
        }
        Bound bound = Bound.of(tolerance, reference);
        OptionalDouble worst = OptionalDouble.empty();
        for (int i = 0; i < one.size(); i++) {
            double off = Math.abs(one.real(i) - other.real(i));
            double x = argument.type() != ElementType.STRING && i < argument.size() ? argument.real(i) : 0;
            double limit = bound.at(reference, i, x);
            if (limit > 0 && Double.isFinite(off)) {
                worst = larger(worst, OptionalDouble.of(off / limit));
            }
        }
        return worst;
    }

    private static OptionalDouble larger(OptionalDouble a, OptionalDouble b) {
        return a.isEmpty() || (b.isPresent() && b.getAsDouble() > a.getAsDouble()) ? b : a;
    }

    private static boolean comparable(Tensor got, Reference.Value reference) {
        return got.type() == reference.type() && got.shape().equals(reference.shape());
    }

    private static boolean bounded(Tolerance tolerance, Reference.Value value) {
        return value.type().isFloat()
                && !(tolerance instanceof Tolerance.Distribution
                        || tolerance instanceof Tolerance.Quantised
                        || tolerance instanceof Tolerance.Exact);
    }

    private static Optional<Tolerance> tolerance(Expectation expectation) {
        if (expectation instanceof Expectation.ByOracle by) {
            return Optional.of(by.tolerance());
        } else if (expectation instanceof Expectation.Rejection rejection) {
            return Optional.of(rejection.twin());
        } else if (expectation instanceof Expectation.OneOf either) {
            return either.any().stream().flatMap(any -> tolerance(any).stream()).findFirst();
        }
        return Optional.empty();
    }

    private static Optional<Stimulus.ModelRun> run(Stimulus stimulus) {
        if (stimulus instanceof Stimulus.ModelRun run) {
            return Optional.of(run);
        }
        return stimulus instanceof Stimulus.MustReject must ? Optional.of(must.valid()) : Optional.empty();
    }

    private static Optional<Observation.Outputs> outputs(Observation observation) {
        if (observation instanceof Observation.Outputs outputs) {
            return Optional.of(outputs);
        }
        return observation instanceof Observation.Twins twins ? outputs(twins.valid()) : Optional.empty();
    }
}
