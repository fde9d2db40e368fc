package org.aiis.conformance.catalogue;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Reference;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/** Units of dequantisation, one operator and quantisation, which providers fuse to an operator on integers. */
final class QdqCases implements CaseSource {
    private static final String REQUIREMENT = "NUM-CHAIN-QDQ";
    private static final List<ElementType> BYTES = List.of(ElementType.UINT8, ElementType.INT8);
    /** What a system may add to the error of the exact unit, in steps of the output. */
    private static final double STEP = 1;

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(QdqUnits.values()).flatMap(unit -> BYTES.stream()
                .flatMap(data -> unit.isWeighted()
                        ? BYTES.stream()
                                .filter(weights -> weights == ElementType.INT8 || data == weights)
                                .flatMap(weights -> Stream.of(false, true)
                                        .flatMap(byChannel -> weighted(unit, data, weights, byChannel)))
                        : Stream.of(made(
                                unit.word() + "/" + data.label(),
                                data == ElementType.UINT8,
                                seeded -> unit.run(seeded, data, data, false)))));
    }

    /** Codes from everywhere, and codes at the ends, whose sums of two products 16 bits do not hold. */
    private static Stream<TestCase> weighted(QdqUnits unit, ElementType data, ElementType weights, boolean byChannel) {
        String name = unit.word() + "/" + data.label() + "-" + weights.label();
        String how = byChannel ? "/per-axis" : "/per-tensor";
        boolean quick = data == ElementType.UINT8 && !byChannel;
        return Stream.of(
                made(name + how, quick, seeded -> unit.run(seeded, data, weights, byChannel)),
                made(name + "/extremes" + how, quick, seeded -> unit.extremes(seeded, data, weights, byChannel)));
    }

    private static TestCase made(String name, boolean quick, Function<Seeded, Stimulus.ModelRun> unit) {
        String id = REQUIREMENT + "/" + name;
        return Behaviours.verifies(
                REQUIREMENT,
                name,
                quick ? Grade.QUICK : Grade.FULL,
                () -> unit.apply(Seeded.by(id)),
                (seen, terms) -> near(seen, unit.apply(Seeded.by(id))));
    }

    /** No further from the float reference than one step more than the exact unit, which rounds it once. */
    private static void near(Observation seen, Stimulus.ModelRun unit) {
        if (!(seen instanceof Observation.Outputs outputs)) {
            throw new AssertionError("outputs are expected, found " + seen);
        }
        Recorded recorded = outputs.values().get("y");
        if (recorded == null) {
            throw new AssertionError("no output y, but " + outputs.values().keySet());
        }
        Reference.Value reference = Objects.requireNonNull(
                new Evaluator().evaluate(unit.model(), unit.inputs()).outputs().get("y"));
        Tensor got = recorded.tensor();
        if (got.type() != reference.type() || !got.shape().equals(reference.shape())) {
            throw new AssertionError(
                    "y is " + got + ", expected " + reference.type().label() + reference.shape());
        }
        for (int i = 0; i < got.size(); i++) {
            double exact = Math.abs(reference.rounded().real(i) - reference.real(i));
            double error = Math.abs(got.real(i) - reference.real(i));
            if (error > exact + STEP) {
                throw new AssertionError("y element " + i + " = " + got.element(i) + ", float reference "
                        + reference.real(i) + " steps, exact unit "
                        + reference.rounded().element(i));
            }
        }
    }
}
