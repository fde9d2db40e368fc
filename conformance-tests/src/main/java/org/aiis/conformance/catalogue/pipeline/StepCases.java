package org.aiis.conformance.catalogue.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.reference.pipeline.train.Adam;
import org.aiis.reference.pipeline.train.Classifier;
import org.aiis.reference.pipeline.train.DenseLayers;
import org.aiis.reference.pipeline.train.StepGraph;
import org.aiis.reference.pipeline.train.TrainingScript;
import org.aiis.reference.pipeline.train.Uncertain;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/** One training step, from fresh weights and from the middle of a training, against plain binary64. */
final class StepCases implements CaseSource {
    private static final Cases CASES = new Cases(StepCases.class);
    private static final ElementType TYPE = ElementType.FLOAT32;
    private static final double STEP_SHARE = 1e-5;
    private static final double UNIT = TYPE.format().unitRoundoff();

    private final Fixture fixture;
    private final DenseLayers layers;

    StepCases(Fixture fixture) {
        this.fixture = fixture;
        this.layers = fixture.layers();
    }

    @Override
    public Stream<TestCase> cases() {
        return Stream.concat(
                Stream.of(false, true).flatMap(later -> {
                    String name = later ? "/later" : "/first";
                    return Stream.of(
                            CASES.check("TRAIN-STEP-LOSS" + name, () -> step(later), (o, terms) -> loss(o, later)),
                            CASES.check(
                                    "TRAIN-STEP-GRADIENT" + name, () -> step(later), (o, terms) -> gradient(o, later)),
                            CASES.check("TRAIN-STEP-UPDATE" + name, () -> step(later), (o, terms) -> update(o, later)));
                }),
                Stream.of(CASES.check("TRAIN-PARTIAL-BATCH/20-of-32", this::partial, (o, terms) -> partial(o))));
    }

    private Finding loss(Observation observation, boolean later) {
        double reference = new Classifier(layers, state(later).w().reals())
                .slope(fixture.fewFeatures(), fixture.few().labels(), batch(), new double[layers.parameters()]);
        double got = Played.of(observation).one("loss", TYPE, Shape.of(1)).real(0);
        return new Within()
                .number("loss", got, reference, STEP_SHARE * reference)
                .finding();
    }

    private Finding gradient(Observation observation, boolean later) {
        Tensor got = Played.of(observation).one("g", TYPE, Shape.of(layers.parameters()));
        double[] reference = new double[layers.parameters()];
        new Classifier(layers, state(later).w().reals())
                .slope(fixture.fewFeatures(), fixture.few().labels(), batch(), reference);
        Within within = new Within();
        for (int piece = 0; piece < layers.pieces().size(); piece++) {
            int from = layers.offset(piece);
            int to = from + layers.pieces().get(piece).size();
            within.norm("the gradient of " + layers.names().get(piece), got, reference, from, to, STEP_SHARE);
        }
        return within.finding();
    }

    /** From the gradient that came back: a wrong gradient is the matter of the other requirement. */
    private Finding update(Observation observation, boolean later) {
        Played played = Played.of(observation);
        Shape shape = Shape.of(layers.parameters());
        Tensor g = played.one("g", TYPE, shape);
        State before = state(later);
        double t = played.one("t_o", TYPE, Shape.of(1)).real(0);
        Within within = new Within().number("t", t, before.t().real(0) + 1, 0);
        List<String> names = List.of("w", "m", "v");
        List<Tensor> got =
                names.stream().map(n -> played.one(n + "_o", TYPE, shape)).toList();
        for (int i = 0; i < g.size(); i++) {
            List<Uncertain> reference = Adam.USUAL.update(
                    before.w().real(i), before.m().real(i), before.v().real(i), t, g.real(i), UNIT);
            for (int n = 0; n < names.size(); n++) {
                Uncertain expected = reference.get(n);
                // The square of a small gradient may be subnormal, and is then off by what is left of its bits.
                double limit = Math.max(6 * expected.sigma(), TYPE.format().smallestNormal());
                within.number(names.get(n) + "[" + i + "]", got.get(n).real(i), expected.value(), limit);
            }
        }
        return within.finding();
    }

    /** A batch of 32, one of 20, and the one of 20 twice over: a mean over 20 or over 40, never over 32. */
    private Stimulus partial() {
        long[] some = Arrays.copyOf(batch().integers(), 20);
        long[] twice = new long[40];
        Arrays.setAll(twice, i -> some[i % 20]);
        return script().look(batch())
                .look(places(some))
                .look(places(twice))
                .close(TrainingScript.STEP)
                .script();
    }

    private Finding partial(Observation observation) {
        Played played = Played.of(observation);
        List<Tensor> losses = played.all("loss", 3, TYPE, Shape.of(1));
        List<Tensor> gradients = played.all("g", 3, TYPE, Shape.of(layers.parameters()));
        Classifier classifier = new Classifier(layers, fixture.weights().reals());
        Tensor some = places(Arrays.copyOf(batch().integers(), 20));
        double[] slope = new double[layers.parameters()];
        double loss = classifier.slope(fixture.fewFeatures(), fixture.few().labels(), some, slope);
        Within within = new Within();
        for (int which = 1; which < 3; which++) {
            within.number("loss", losses.get(which).real(0), loss, STEP_SHARE * loss)
                    .norm("the gradient", gradients.get(which), slope, 0, slope.length, STEP_SHARE);
        }
        return within.finding();
    }

    private TrainingScript script() {
        return new TrainingScript(layers)
                .loadProfiled(TrainingScript.STEP, StepGraph.build(layers, TYPE))
                .records(fixture.fewFeatures(), fixture.few().labels())
                .start(fixture.weights());
    }

    private Stimulus step(boolean later) {
        State state = state(later);
        Map<String, Tensor> inputs = Map.of(
                "x", fixture.fewFeatures(),
                "y", fixture.few().labels(),
                "batch", batch(),
                "w", state.w(),
                "m", state.m(),
                "v", state.v(),
                "t", state.t());
        return new Stimulus.ModelRun(StepGraph.build(layers, TYPE), inputs);
    }

    /** Weights and state of the optimizer. */
    private record State(Tensor w, Tensor m, Tensor v, Tensor t) {}

    /** At the start, or moved in every weight and as the optimizer could stand after seven steps. */
    private State state(boolean later) {
        Shape shape = Shape.of(layers.parameters());
        SplitMix random = new SplitMix(41);
        List<Tensor.Builder> moments = new ArrayList<>();
        for (int which = 0; which < 2; which++) {
            moments.add(new Tensor.Builder(TYPE, shape));
            for (int i = 0; i < shape.size() && later; i++) {
                moments.get(which).setReal(i, which == 0 ? random.uniform(-1e-3, 1e-3) : random.uniform(1e-9, 1e-5));
            }
        }
        Tensor t = Tensor.ofReals(TYPE, Shape.of(1), later ? 7 : 0);
        Tensor start = fixture.weights();
        Tensor.Builder w = new Tensor.Builder(TYPE, shape);
        for (int i = 0; i < shape.size(); i++) {
            w.setReal(i, start.real(i) + (later ? random.uniform(-0.02, 0.02) : 0));
        }
        return new State(w.build(), moments.get(0).build(), moments.get(1).build(), t);
    }

    private Tensor batch() {
        return fixture.fewBatches(1).get(0);
    }

    private static Tensor places(long... places) {
        return Tensor.ofLongs(ElementType.INT64, Shape.of(places.length), places);
    }
}
