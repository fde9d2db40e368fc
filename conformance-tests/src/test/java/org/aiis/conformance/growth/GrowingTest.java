package org.aiis.conformance.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.bisect.Anatomy;
import org.aiis.conformance.bisect.Bench;
import org.aiis.conformance.bisect.Drawn;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.conformance.check.Check;
import org.aiis.conformance.run.Progress;
import org.aiis.conformance.vectors.ModelFile;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.conformance.worker.WorkerSettings;
import org.aiis.onnx.ModelProto;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.reference.onnx.Models;
import org.aiis.report.view.GrowthPage;
import org.aiis.spec.protocol.Limits;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;

/** A fault in the middle of a model is named as the source of the error, with the way that the error takes to an output. */
class GrowingTest {
    private static final int WIDTH = 6;
    private static final int MIDDLE = 4;

    /** Of a backend with a fault in the middle, and of a right one. */
    private static final Check.Checked FAULTY = checked(model(), "faulty:leaky-alpha");

    private static final Check.Checked RIGHT = checked(model(), "cpu");

    /** Eight blocks with skip connections; a LeakyRelu in the middle one, and a second output before it. */
    private static ModelFile model() {
        return model(3);
    }

    private static ModelFile model(int rows) {
        Seeded seeded = Seeded.by("a model whose error grows");
        ModelBuilder model = new ModelBuilder(17).input("x", ElementType.FLOAT32, rows, WIDTH);
        String h = "x";
        for (int block = 0; block < 8; block++) {
            String b = "/blocks/block." + block + "/";
            model.initializer(b + "w", drawn(seeded, WIDTH, WIDTH)).initializer(b + "bias", drawn(seeded, WIDTH));
            model.node("MatMul", List.of(h, b + "w"), List.of(b + "product"));
            model.node("Add", List.of(b + "product", b + "bias"), List.of(b + "sum"));
            model.node(block == MIDDLE ? "LeakyRelu" : "Tanh", List.of(b + "sum"), List.of(b + "act"));
            model.node("Add", List.of(b + "act", h), List.of(b + "out"));
            h = b + "out";
        }
        model.node("Neg", List.of("/blocks/block.1/out"), List.of("early"));
        model.openOutput(h, ElementType.FLOAT32).openOutput("early", ElementType.FLOAT32);
        return new ModelFile(named(Models.parse(model.build())));
    }

    /** Each node by the scope of what it makes. */
    private static ModelProto named(ModelProto model) {
        ModelProto.Builder named = model.toBuilder();
        named.getGraphBuilder().getNodeBuilderList().forEach(n -> n.setName(n.getOutput(0) + "_" + n.getOpType()));
        return named.build();
    }

    private static Tensor drawn(Seeded seeded, int... dims) {
        Tensor.Builder tensor = new Tensor.Builder(ElementType.FLOAT32, Shape.of(dims));
        for (int i = 0; i < Shape.of(dims).size(); i++) {
            tensor.setReal(i, seeded.between(-1, 1));
        }
        return tensor.build();
    }

    private static Check.Checked checked(ModelFile file, String backend) {
        return Check.of(
                new Check.Asked(file, BackendUri.of(backend, new TreeMap<>()), Optional.empty(), 10, true),
                Map.of("random", new Drawn(file, 0).inputs()),
                StandardReader.bundled(),
                Progress.SILENT);
    }

    /** With a worker whose answers hold so many bytes, of which so many are asked for at once. */
    private static Growth grown(ModelFile file, String backend, int frame, long atOnce) {
        Anatomy anatomy = Anatomy.of(file.model());
        Map<String, Tensor> inputs = new Drawn(file, 0).inputs();
        Spreads spreads = new Spreads(64 << 20, Set.of());
        Program program = Program.load(anatomy.whole(inputs).model());
        for (long seed = 0; seed <= 16; seed++) {
            program.evaluate(
                    inputs,
                    seed == 0 ? Arithmetics.values() : Arithmetics.randomlyRounded(seed, Set.of(), Accuracy.RELAXED),
                    spreads.evaluation(seed));
        }
        try (WorkerPool pool =
                WorkerPool.start(WorkerSettings.of(backend).withLimits(Limits.DEFAULT.withFrame(frame)))) {
            Bench bench = new Bench(new Evaluator(), StandardReader.bundled(), pool::observe, Set.of());
            return Growing.of(anatomy, inputs, bench, spreads, NodeTimes.NOT_TOLD, atOnce, Progress.SILENT);
        }
    }

    private static int numbered(Growth growth, String operator) {
        for (int i = 0; i < growth.nodes().size(); i++) {
            if (growth.nodes().get(i).operator().equals(operator)) {
                return i;
            }
        }
        throw new AssertionError(operator);
    }

    @Test
    void aFaultInTheMiddleIsTheSourceAndItsWayEndsAtTheOutput() {
        Growth growth = FAULTY.growth().orElseThrow();
        ErrorTrail trail = growth.trail().orElseThrow();
        int source = numbered(growth, "LeakyRelu");

        assertThat(FAULTY.report().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(trail.kind()).isEqualTo(ErrorTrail.Kind.WRONG);
        assertThat(trail.source()).isEqualTo(source);
        assertThat(growth.worst()).first().isEqualTo(source);
        assertThat(growth.worst()).hasSize(10);
        assertThat(growth.nodes().stream().filter(Growth.Node::isWrong)).hasSize(1);
        assertThat(trail.path())
                .startsWith(source)
                .endsWith(growth.outputs().get(0).node().orElseThrow());
        for (int i = 1; i < trail.path().size(); i++) {
            Growth.Node node = growth.nodes().get(trail.path().get(i));
            assertThat(node.reads()).contains(trail.path().get(i - 1));
            assertThat(node.accumulated().orElseThrow()).isGreaterThan(1);
            assertThat(node.isWrong()).isEqualTo(i == 0);
        }
        for (int before : trail.before()) {
            assertThat(growth.nodes().get(before).accumulated().orElseThrow()).isLessThanOrEqualTo(1);
        }
        assertThat(growth.nodes().get(numbered(growth, "Neg")).accumulated().orElseThrow())
                .isLessThanOrEqualTo(1);
        assertThat(growth.nodes().get(source).scope()).containsExactly("blocks", "block." + MIDDLE);
    }

    @Test
    void ofARightBackendTheLargestErrorIsNamedAndNothingIsWrong() {
        Growth growth = RIGHT.growth().orElseThrow();

        assertThat(growth.trail().orElseThrow().kind()).isEqualTo(ErrorTrail.Kind.LARGEST);
        assertThat(growth.nodes()).allMatch(n -> n.localError().orElseThrow() <= 1);
        assertThat(growth.nodes()).allMatch(n -> n.accumulated().orElseThrow() <= 1);
        assertThat(growth.nodes())
                .allMatch(n -> n.share().orElseThrow() > 0 && n.share().orElseThrow() < 1e-3);
        assertThat(growth.nodes())
                .allMatch(n -> !n.placed().isEmpty() && n.makes().startsWith("float32["));
    }

    @Test
    void theTimeOfEachNodeIsToldWhereTheBackendTellsIt() {
        Growth told = RIGHT.growth().orElseThrow();
        Growth untold = FAULTY.growth().orElseThrow();

        assertThat(told.timedRuns()).isGreaterThan(2);
        assertThat(told.nodes().stream().filter(n -> n.nanos().isPresent())).hasSizeGreaterThan(16);
        assertThat(page(told).facts()).anyMatch(f -> f.value().endsWith("runs each"));
        assertThat(untold.timedRuns()).isZero();
        assertThat(untold.nodes()).allMatch(n -> n.nanos().isEmpty());
        assertThat(page(untold).facts()).anyMatch(f -> f.value().equals("not told"));
    }

    private static GrowthPage page(Growth growth) {
        return PageOfGrowth.of(growth, "m", "s", Finding.pass(), List.of(), "model.onnx");
    }

    @Test
    void whatIsMoreThanAWorkerMayAnswerIsShownInParts() {
        ModelFile large = model(400); // 34 tensors of 9,600 bytes each
        Growth none = grown(large, "faulty:leaky-alpha", 128 << 10, 1 << 30);
        Growth parts = grown(large, "faulty:leaky-alpha", 128 << 10, 64 << 10);
        Growth whole = grown(large, "faulty:leaky-alpha", 1 << 30, 1 << 30);

        assertThat(none.looking().answered()).isFalse();
        assertThat(whole.looking().parts()).isEqualTo(1);
        assertThat(parts.looking().parts()).isBetween(6, 12);
        assertThat(parts.looking().silent()).isZero();
        assertThat(parts.nodes()).isEqualTo(whole.nodes());
        assertThat(parts.trail()).isEqualTo(whole.trail());
        assertThat(parts.nodes()).allMatch(n -> n.localError().isPresent());
        assertThat(page(parts).notes()).anyMatch(n -> n.contains(parts.looking().parts() + " runs"));
        assertThat(page(whole).notes()).noneMatch(n -> n.contains("runs"));
    }

    @Test
    void aPartThatDoesNotAnswerIsSaidToBeUnseen() {
        Growth growth = grown(
                model(400), "cpu", 32 << 10, 1); // What a node makes and reads is 29 KB at most, with the output 39.

        assertThat(growth.looking().answered()).isTrue();
        assertThat(growth.looking().silent()).isPositive();
        assertThat(page(growth).notes()).anyMatch(n -> n.contains("did not answer"));
    }

    @Test
    void aFaultThatGoesAwayWhenTensorsAreLookedAtIsSaidToBeOne() {
        Check.Checked checked = checked(model(), "faulty:bias-fused-away");
        Growth growth = checked.growth().orElseThrow();

        assertThat(checked.report().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(growth.looking().same()).isFalse();
        assertThat(growth.looking().finding().verdict()).isEqualTo(Verdict.PASS);
        assertThat(growth.nodes()).noneMatch(Growth.Node::isWrong);
        GrowthPage page =
                PageOfGrowth.of(growth, "m", "s", checked.report().sets().get(0).finding(), List.of(), "model.onnx");
        assertThat(page.notes()).anyMatch(n -> n.contains("goes away when the tensors in between are looked at"));
    }

    @Test
    void ofABackendThatDiesTheGraphIsLeft() {
        ModelBuilder model = new ModelBuilder(17).input("x", ElementType.FLOAT32, 2);
        model.node("Abs", List.of("x"), List.of("a")).node("Erf", List.of("a"), List.of("y"));
        model.openOutput("y", ElementType.FLOAT32);
        Growth growth = checked(new ModelFile(Models.parse(model.build())), "faulty:dies-on-erf")
                .growth()
                .orElseThrow();

        assertThat(growth.looking().answered()).isFalse();
        assertThat(growth.nodes()).hasSize(2).allMatch(n -> n.local().isEmpty());
        assertThat(growth.trail()).isEmpty();
    }
}
