package org.aiis.conformance.catalogue.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.pipeline.gradient.Elementwise;
import org.aiis.reference.pipeline.gradient.Reductions;
import org.aiis.reference.pipeline.gradient.Tape;
import org.aiis.reference.pipeline.gradient.Value;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.reference.pipeline.train.Adam;
import org.aiis.reference.pipeline.train.Batches;
import org.aiis.reference.pipeline.train.DenseLayers;
import org.aiis.reference.pipeline.train.Momentum;
import org.aiis.reference.pipeline.train.NetworkStep;
import org.aiis.reference.pipeline.train.Optimizer;
import org.aiis.reference.pipeline.train.Sgd;
import org.aiis.reference.pipeline.train.Uncertain;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Step.Feed;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/** Steps of whole networks, convolutional and recurrent, whose gradients come from differentiation of their graphs. */
final class NetworkCases implements CaseSource {
    private static final Cases CASES = new Cases(NetworkCases.class);
    private static final ElementType TYPE = ElementType.FLOAT32;
    private static final double UNIT = TYPE.format().unitRoundoff();
    private static final double STEP_SHARE = 1e-5;
    private static final double FEW_STEPS_SHARE = 1e-4;
    private static final double RATE = 0.0625;
    private static final double FRICTION = 0.9;
    private static final List<Double> RATES = List.of(0.5, 0.0625, 0.001);
    private static final int TEN = 10;

    private final List<NetworkSubject> subjects;
    private final NetworkSubject small = NetworkSubject.sequences();

    private final Fixture fixture;

    NetworkCases(Fixture fixture) {
        this.fixture = fixture;
        this.subjects = List.of(NetworkSubject.images(fixture), small, NetworkSubject.incidents());
    }

    @Override
    public Stream<TestCase> cases() {
        Stream<TestCase> steps = subjects.stream()
                .flatMap(s -> Stream.of(
                        CASES.check(
                                "TRAIN-STEP-LOSS/" + s.name(),
                                () -> new Stimulus.Script(s.one(Adam.USUAL, RATE, "loss")),
                                (o, terms) -> loss(s, o)),
                        CASES.check(
                                "TRAIN-STEP-GRADIENT/" + s.name(),
                                () -> new Stimulus.Script(s.one(Adam.USUAL, RATE, "g")),
                                (o, terms) -> gradient(s, o))));
        Stream<TestCase> updates = Stream.<Optimizer>of(new Sgd(RATE), new Momentum(RATE, FRICTION))
                .map(optimizer -> CASES.check(
                        "TRAIN-STEP-UPDATE/" + (optimizer instanceof Sgd ? "descent" : "momentum"),
                        () -> new Stimulus.Script(later(optimizer)),
                        (o, terms) -> update(optimizer, o)));
        return Stream.of(
                        steps,
                        updates,
                        Stream.of(
                                CASES.check("TRAIN-TIES/squares-of-four", this::ties, (o, terms) -> tied(o)),
                                CASES.check("TRAIN-TEN-STEPS/recurrent-network", this::ten, (o, terms) -> tenth(o)),
                                CASES.check("TRAIN-SCHEDULE/three-rates", this::rates, (o, terms) -> scheduled(o)),
                                CASES.of(
                                        "EVAL-DROPOUT-INACTIVE/dense-layers",
                                        this::dropout,
                                        new Expectation.ByOracle(new Tolerance.Sensitivity())),
                                CASES.check("TRAIN-PARTS/1-5-2-records", this::parts, (o, terms) -> averaged(o))))
                .flatMap(s -> s);
    }

    private SortedMap<String, Tensor> reference(NetworkSubject subject) {
        Program wide =
                Program.load(subject.step(Adam.USUAL, ElementType.FLOAT64).build());
        return NetworkSubject.reference(wide, subject.inputs(Adam.USUAL, RATE));
    }

    private Finding loss(NetworkSubject subject, Observation observation) {
        double reference =
                Objects.requireNonNull(reference(subject).get("loss")).real(0);
        double got = Played.of(observation).one("loss", TYPE, Shape.of(1)).real(0);
        return new Within()
                .number("loss", got, reference, STEP_SHARE * reference)
                .finding();
    }

    private Finding gradient(NetworkSubject subject, Observation observation) {
        Tensor got =
                Played.of(observation).one("g", TYPE, Shape.of(subject.network().parameters()));
        return subject.gradient(
                        new Within(),
                        got,
                        Objects.requireNonNull(reference(subject).get("g")),
                        STEP_SHARE)
                .finding();
    }

    /** Two steps, so that the second meets a slot that is not empty; all of the second is sent back. */
    private List<Step> later(Optimizer optimizer) {
        return trained(
                optimizer, List.of(small.batch(), small.batch()), List.of(RATE, RATE), List.of("w_o", "v_o", "g"));
    }

    private Finding update(Optimizer optimizer, Observation observation) {
        Played played = Played.of(observation);
        Shape shape = Shape.of(small.network().parameters());
        List<Tensor> w = played.all("w_o", 2, TYPE, shape);
        List<Tensor> g = played.all("g", 2, TYPE, shape);
        List<Tensor> v = optimizer.slots().isEmpty() ? List.of() : played.all("v_o", 2, TYPE, shape);
        Within within = new Within();
        for (int i = 0; i < shape.size(); i++) {
            Uncertain pull = exact(RATE).times(exact(g.get(1).real(i)));
            Uncertain before = exact(w.get(0).real(i));
            Uncertain expected = before.minus(pull);
            if (!v.isEmpty()) {
                Uncertain moved =
                        exact((float) FRICTION).times(exact(v.get(0).real(i))).minus(pull);
                within.number("v[" + i + "]", v.get(1).real(i), moved.value(), limit(moved));
                expected = before.plus(moved);
            }
            within.number("w[" + i + "]", w.get(1).real(i), expected.value(), limit(expected));
        }
        return within.finding();
    }

    private static Uncertain exact(double value) {
        return Uncertain.exact(value, UNIT);
    }

    private static double limit(Uncertain expected) {
        return Math.max(6 * expected.sigma(), TYPE.format().smallestNormal());
    }

    /** Steps one after another, the state kept by the system under test. */
    private List<Step> trained(Optimizer optimizer, List<Tensor> batches, List<Double> rates, List<String> fetched) {
        NetworkStep step = small.step(optimizer, TYPE);
        List<String> there = fetched.stream()
                .filter(f -> !f.equals("v_o") || !optimizer.slots().isEmpty())
                .toList();
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Load(NetworkSubject.STEP, step.build(), true));
        SortedMap<String, Tensor> inputs = small.inputs(optimizer, RATE);
        inputs.keySet().removeAll(List.of("batch", "rate"));
        inputs.forEach((name, tensor) -> steps.add(new Step.Put(name + ".0", tensor)));
        for (int i = 0; i < batches.size(); i++) {
            SortedMap<String, Feed> feeds = new TreeMap<>();
            SortedMap<String, String> keep = new TreeMap<>();
            small.network().data().forEach(name -> feeds.put(name, new Feed.Kept(name + ".0")));
            for (String name : step.state()) {
                feeds.put(name, new Feed.Kept(name + "." + i % 2));
                keep.put(name + "_o", name + "." + (i + 1) % 2);
            }
            feeds.put("batch", new Feed.Inline(batches.get(i)));
            feeds.put("rate", new Feed.Inline(Numbers.scalar(rates.get(i))));
            steps.add(new Step.Run(NetworkSubject.STEP, feeds, keep, there));
        }
        steps.add(new Step.Close(NetworkSubject.STEP));
        return steps;
    }

    private static List<Tensor> tenBatches() {
        return Batches.of(40, 8, 2, 25);
    }

    private Stimulus ten() {
        return new Stimulus.Script(
                trained(Adam.USUAL, tenBatches(), java.util.Collections.nCopies(TEN, RATE), List.of("loss")));
    }

    private Finding tenth(Observation observation) {
        List<Tensor> got = Played.of(observation).all("loss", TEN, TYPE, Shape.of(1));
        Program wide = Program.load(small.step(Adam.USUAL, ElementType.FLOAT64).build());
        SortedMap<String, Tensor> inputs = small.inputs(Adam.USUAL, RATE);
        Within within = new Within();
        for (int i = 0; i < TEN; i++) {
            inputs.put("batch", tenBatches().get(i));
            SortedMap<String, Tensor> outputs = NetworkSubject.reference(wide, inputs);
            double reference = Objects.requireNonNull(outputs.get("loss")).real(0);
            within.number("loss of step " + (i + 1), got.get(i).real(0), reference, FEW_STEPS_SHARE * reference);
            small.step(Adam.USUAL, TYPE).state().forEach(name -> inputs.put(name, outputs.get(name + "_o")));
        }
        return within.finding();
    }

    private Stimulus rates() {
        return new Stimulus.Script(trained(
                new Sgd(RATE), java.util.Collections.nCopies(RATES.size(), small.batch()), RATES, List.of("w_o", "g")));
    }

    private Finding scheduled(Observation observation) {
        Shape shape = Shape.of(small.network().parameters());
        List<Tensor> w = Played.of(observation).all("w_o", RATES.size(), TYPE, shape);
        List<Tensor> g = Played.of(observation).all("g", RATES.size(), TYPE, shape);
        Within within = new Within();
        Tensor before = small.start();
        for (int step = 0; step < RATES.size(); step++) {
            for (int i = 0; i < shape.size(); i++) {
                Uncertain pull = exact((float) (double) RATES.get(step))
                        .times(exact(g.get(step).real(i)));
                Uncertain expected = exact(before.real(i)).minus(pull);
                String what = "w[" + i + "] of step " + (step + 1) + " at rate " + RATES.get(step);
                within.number(what, w.get(step).real(i), expected.value(), limit(expected));
            }
            before = w.get(step);
        }
        return within.finding();
    }

    /** Gradients of parts of 1, 5 and 2 records, then the update from all three. */
    private Stimulus parts() {
        NetworkStep step = small.step(Adam.USUAL, TYPE);
        SortedMap<String, Tensor> inputs = small.inputs(Adam.USUAL, RATE);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Load("gradient", step.gradient(), true));
        steps.add(new Step.Load("update", step.updateFromParts(3), true));
        inputs.forEach((name, tensor) -> steps.add(new Step.Put(name, tensor)));
        long[] batch = small.batch().integers();
        int[] bounds = {0, 1, 6, 8};
        SortedMap<String, Feed> update = new TreeMap<>();
        for (int part = 0; part < 3; part++) {
            SortedMap<String, Feed> feeds = new TreeMap<>();
            Stream.of("x", "y", "w").forEach(name -> feeds.put(name, new Feed.Kept(name)));
            feeds.put(
                    "batch",
                    new Feed.Inline(Numbers.places(Arrays.copyOfRange(batch, bounds[part], bounds[part + 1]))));
            steps.add(new Step.Run("gradient", feeds, new TreeMap<>(Map.of("g", "g" + part)), List.of("loss")));
            update.put("g" + part, new Feed.Kept("g" + part));
        }
        Stream.concat(step.state().stream(), Stream.of("rate")).forEach(name -> update.put(name, new Feed.Kept(name)));
        update.put("records", new Feed.Inline(Tensor.ofReals(TYPE, Shape.of(3), 1, 5, 2)));
        steps.add(new Step.Run("update", update, new TreeMap<>(), List.of("g")));
        steps.add(new Step.Close("gradient"));
        steps.add(new Step.Close("update"));
        return new Stimulus.Script(steps);
    }

    private Finding averaged(Observation observation) {
        Played played = Played.of(observation);
        SortedMap<String, Tensor> whole = reference(small);
        List<Tensor> losses = played.all("loss", 3, TYPE, Shape.of(1));
        double mean = (losses.get(0).real(0)
                        + 5 * losses.get(1).real(0)
                        + 2 * losses.get(2).real(0))
                / 8;
        double loss = Objects.requireNonNull(whole.get("loss")).real(0);
        Within within = new Within().number("mean loss of the parts", mean, loss, STEP_SHARE * loss);
        Tensor got = played.one("g", TYPE, Shape.of(small.network().parameters()));
        return small.gradient(within, got, Objects.requireNonNull(whole.get("g")), STEP_SHARE)
                .finding();
    }

    /** Dense layers with a Dropout between them that is not told to train, as an export leaves it. */
    private Stimulus dropout() {
        DenseLayers layers = fixture.layers();
        Draft draft = new Draft(17, TYPE).input("x", TYPE, "n", layers.inputs()).input("w", TYPE, layers.parameters());
        List<String> w = layers.unpack(draft, "w");
        String hidden = draft.op("Relu", draft.op("Gemm", "x", w.get(0), w.get(1)));
        String kept = draft.op("Dropout", hidden, draft.real(0.5));
        draft.output("scores", draft.op("Gemm", kept, w.get(2), w.get(3)), TYPE, "n", layers.classes());
        int records = 2;
        Tensor x = Tensor.ofBytes(
                TYPE,
                Shape.of(records, layers.inputs()),
                Arrays.copyOf(fixture.fewFeatures().toByteArray(), 4 * records * layers.inputs()));
        return new Stimulus.ModelRun(draft.build(), Map.of("x", x, "w", fixture.weights()));
    }

    /** All sixteen ways in which four elements can share the largest value, as a pooling by squares meets them. */
    private Stimulus ties() {
        Tape tape = new Tape(17, TYPE);
        List<Value> elements = IntStream.range(0, 4)
                .mapToObj(i -> tape.input("x" + i, TYPE, 16))
                .toList();
        Value upper = Elementwise.max(tape, elements.get(0), elements.get(1));
        Value lower = Elementwise.max(tape, elements.get(2), elements.get(3));
        Value loss = Reductions.sum(tape, Elementwise.max(tape, upper, lower), true, 0);
        List<Value> gradient = tape.gradient(loss, elements);
        IntStream.range(0, 4).forEach(i -> tape.output("g" + i, gradient.get(i)));
        Bytes model = tape.build();
        SortedMap<String, Tensor> inputs = new TreeMap<>();
        for (int i = 0; i < 4; i++) {
            int element = i;
            double[] values = IntStream.range(0, 16)
                    .mapToDouble(row -> row >> element & 1)
                    .toArray();
            inputs.put("x" + i, Tensor.ofReals(TYPE, Shape.of(16), values));
        }
        return new Stimulus.ModelRun(model, inputs);
    }

    private static Finding tied(Observation observation) {
        Played played = Played.of(observation);
        Within within = new Within();
        for (int row = 0; row < 16; row++) {
            int first = row == 0 ? 0 : Integer.numberOfTrailingZeros(row);
            for (int i = 0; i < 4; i++) {
                double got = played.one("g" + i, TYPE, Shape.of(16)).real(row);
                within.number("derivative by element " + i + " of square " + row, got, i == first ? 1 : 0, 0);
            }
        }
        return within.finding();
    }
}
