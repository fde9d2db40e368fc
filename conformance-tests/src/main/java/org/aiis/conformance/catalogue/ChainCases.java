package org.aiis.conformance.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/** Fusable chains, and products that show a precision mode nobody claimed. */
final class ChainCases implements CaseSource {
    private static final List<Integer> SIZES = List.of(2, 5, 11);
    private static final int ROWS = 12;

    @Override
    public Stream<TestCase> cases() {
        Stream<TestCase> chains = Stream.of(ChainModels.values()).flatMap(chain -> SIZES.stream()
                .flatMap(size -> Stream.of(chain(chain, size, false), chain(chain, size, true))));
        return Stream.concat(chains, IntStream.of(16, 37, 128, 1003).mapToObj(ChainCases::precision));
    }

    private static TestCase chain(ChainModels chain, int size, boolean dynamic) {
        String name = chain.word() + "/size-" + size + (dynamic ? "/dynamic" : "/static");
        return Behaviours.made(
                "NUM-CHAIN",
                name,
                size == SIZES.get(1) ? Grade.QUICK : Grade.FULL,
                () -> chain.run(Seeded.by("NUM-CHAIN/" + name), size, dynamic),
                new Expectation.ByOracle(new Tolerance.RunningError()));
    }

    /** Full significands on both sides: rounding them to fewer bits shows in the RMS. */
    private static TestCase precision(int k) {
        String id = "NUM-PRECISION-CLAIMED/matmul-" + k;
        return new TestCase(
                id,
                List.of("NUM-PRECISION-CLAIMED"),
                Grade.QUICK,
                Optional.of(new OperatorType("MatMul", ElementType.FLOAT32)),
                () -> product(Seeded.by(id), k),
                new Expectation.ByOracle(new Tolerance.DotProduct()),
                "catalogue");
    }

    private static Stimulus.ModelRun product(Seeded seeded, int k) {
        var a = Draws.uniform(seeded, -1, 1, ROWS, k);
        var b = Draws.uniform(seeded, -1, 1, k, ROWS);
        return new Stimulus.ModelRun(
                new ModelBuilder(17)
                        .input("a", a)
                        .input("b", b)
                        .openOutput("y", ElementType.FLOAT32)
                        .node("MatMul", List.of("a", "b"), List.of("y"))
                        .build(),
                java.util.Map.of("a", a, "b", b));
    }
}
