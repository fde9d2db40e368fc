package org.aiis.reference.evaluator;

import java.util.List;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/**
 * A reference with the spread s of clause 4.3.6 in place of σ.
 *
 * @param runs the same output of evaluations whose every result was rounded at random
 */
record Shaken(Reference.Value reference, List<Reference.Value> runs) implements Reference.Value {
    Shaken {
        runs = List.copyOf(runs);
    }

    @Override
    public ElementType type() {
        return reference.type();
    }

    @Override
    public Shape shape() {
        return reference.shape();
    }

    @Override
    public Tensor rounded() {
        return reference.rounded();
    }

    @Override
    public double real(int i) {
        return reference.real(i);
    }

    @Override
    public double low(int i) {
        return reference.low(i);
    }

    @Override
    public double sigma(int i) {
        double r = reference.real(i);
        double squares = 0;
        for (Reference.Value run : runs) {
            double off = run.real(i) - r - reference.low(i);
            squares += off * off;
        }
        double least = type().isFloat() ? type().format().unitRoundoff() * Math.abs(r) : 0;
        return Double.isFinite(r) ? Math.max(Math.sqrt(squares / runs.size()), least) : 0;
    }

    @Override
    public double magnitude(int i) {
        return reference.magnitude(i);
    }

    @Override
    public int factors(int i) {
        return reference.factors(i);
    }
}
