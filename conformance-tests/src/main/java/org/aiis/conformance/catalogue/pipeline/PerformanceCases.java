package org.aiis.conformance.catalogue.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.conformance.performance.statistics.Dependence;
import org.aiis.conformance.performance.statistics.PercentileClaim;
import org.aiis.reference.pipeline.deploy.DeployedModel;
import org.aiis.reference.pipeline.evaluate.ReferenceScores;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.LoadSettings;
import org.aiis.spec.testing.LoadSettings.Scenario;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;
import org.assertj.core.api.Assertions;

/**
 * SingleStream and Offline on the whole network. A quick load lasts seconds and certifies nothing; a full one lasts the 600 s
 * that a certificate asks for. A sample is one image in SingleStream, a batch of 100 in Offline, as Offline leaves it to
 * the system how to batch.
 */
final class PerformanceCases implements CaseSource {
    private static final Cases CASES = new Cases(PerformanceCases.class);
    private static final double PERCENTILE = 0.90;
    private static final int IMAGES = 200;
    private static final int OFFLINE_BATCH = 100;
    private static final long SEED = 51;
    private static final long CERTIFYING_MILLIS = 600_000;
    private static final long QUICK_MILLIS = 2_000;
    private static final int QUICK_QUERIES = 200;

    private final Fixture fixture;

    PerformanceCases(Fixture fixture) {
        this.fixture = fixture;
    }

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(
                CASES.check(
                        "PERF-SINGLESTREAM/quick",
                        () -> loaded(singleStream(QUICK_MILLIS)),
                        (o, terms) -> answered(o, terms, "single-stream")),
                CASES.check("PERF-SINGLESTREAM-LATENCY/quick", () -> loaded(singleStream(QUICK_MILLIS)), this::latency),
                full(
                        "PERF-SINGLESTREAM-LATENCY",
                        "PERF-SINGLESTREAM",
                        singleStream(CERTIFYING_MILLIS),
                        (o, terms) -> both(answered(o, terms, "single-stream"), latency(o, terms))),
                CASES.check(
                        "PERF-OFFLINE/quick",
                        () -> loaded(offline(QUICK_MILLIS)),
                        (o, terms) -> answered(o, terms, "offline")),
                CASES.check("PERF-OFFLINE-THROUGHPUT/quick", () -> loaded(offline(QUICK_MILLIS)), this::throughput),
                full(
                        "PERF-OFFLINE-THROUGHPUT",
                        "PERF-OFFLINE",
                        offline(CERTIFYING_MILLIS),
                        (o, terms) -> both(answered(o, terms, "offline"), throughput(o, terms))),
                CASES.check("PERF-SAME-OUTPUTS/single-stream", this::aloneAndLoaded, this::sameOutputs),
                CASES.check("PERF-PLACEMENT/single-stream", this::beforeAndAfter, PerformanceCases::placed));
    }

    private TestCase full(String id, String also, LoadSettings settings, Expectation.Check check) {
        return new TestCase(
                id + "/full",
                List.of(id, also),
                Grade.FULL,
                Optional.empty(),
                () -> loaded(settings),
                new Expectation.Behaviour(check),
                PerformanceCases.class.getSimpleName());
    }

    private static LoadSettings singleStream(long millis) {
        return new LoadSettings(Scenario.SINGLE_STREAM, QUICK_QUERIES, millis, 2 * millis, 1, SEED);
    }

    private LoadSettings offline(long millis) {
        return new LoadSettings(Scenario.OFFLINE, 1, millis, 2 * millis, offlineSamples(), SEED);
    }

    private int offlineSamples() {
        return fixture.data().heldOut().size() / OFFLINE_BATCH;
    }

    private Stimulus loaded(LoadSettings settings) {
        return Stimulus.Script.of(
                new Step.Load("network", network(), false), measure(settings), new Step.Close("network"));
    }

    /** Sample 0 before the load, alone: the worker keeps its outputs under load. */
    private Stimulus aloneAndLoaded() {
        return Stimulus.Script.of(
                new Step.Load("network", network(), false),
                Step.Run.of("network", Map.of("images", images(0, 1))),
                measure(singleStream(QUICK_MILLIS)),
                new Step.Close("network"));
    }

    /** The same model with the same settings, profiled, before and after the load. */
    private Stimulus beforeAndAfter() {
        List<Step> steps = new ArrayList<>();
        Step run = Step.Run.of("twin", Map.of("images", images(0, 1)));
        List<Step> twin = List.of(new Step.Load("twin", network(), true), run, new Step.Close("twin"));
        steps.addAll(twin);
        steps.addAll(((Stimulus.Script) loaded(singleStream(QUICK_MILLIS))).steps());
        steps.addAll(twin);
        return new Stimulus.Script(steps);
    }

    private Step measure(LoadSettings settings) {
        boolean single = settings.scenario() == Scenario.SINGLE_STREAM;
        int size = single ? 1 : OFFLINE_BATCH;
        List<SortedMap<String, Tensor>> samples = IntStream.range(0, single ? IMAGES : offlineSamples())
                .<SortedMap<String, Tensor>>mapToObj(i -> new TreeMap<>(Map.of("images", images(i * size, size))))
                .toList();
        return new Step.Measure("network", samples, settings);
    }

    private Tensor images(int from, int count) {
        return fixture.data().heldOut().slice(from, from + count).images();
    }

    private Bytes network() {
        return DeployedModel.export(fixture.network(), fixture.layers(), 17, fixture.weights());
    }

    /** Every query answered, as many and as long as the profile asks. */
    private static Finding answered(Observation observation, Terms terms, String scenario) {
        Observation.Measured load = load(observation);
        long queries = load.latencies().size();
        double leastQueries = terms.limit(scenario + "-min-queries", 1);
        double leastSeconds = terms.limit(scenario + "-min-seconds", 0);
        Assertions.assertThat((double) queries).as("queries").isGreaterThanOrEqualTo(leastQueries);
        Assertions.assertThat(load.totalNanos() / 1e9).as("seconds").isGreaterThanOrEqualTo(leastSeconds);
        Assertions.assertThat(Arrays.stream(load.latencies().integers()).min().orElse(0))
                .as("shortest latency in nanoseconds")
                .isPositive();
        Assertions.assertThat(Arrays.stream(load.latencies().integers()).sum())
                .as("sum of the latencies against the time of the whole load")
                .isLessThanOrEqualTo(load.totalNanos());
        return Finding.pass().withTallies(Map.of("queries", queries, "samples", load.samples()));
    }

    private Finding latency(Observation observation, Terms terms) {
        long[] latencies = load(observation).latencies().integers();
        long[] sorted = latencies.clone();
        Arrays.sort(sorted);
        long p90 = sorted[(int) Math.ceil(PERCENTILE * sorted.length) - 1];
        Map<String, Long> tallies = new TreeMap<>(Map.of("p90-nanos", p90, "queries", (long) sorted.length));
        double bound = terms.limit("single-stream-p90-millis", Double.NaN);
        if (Double.isNaN(bound)) {
            return unbounded("single-stream-p90-millis", p90 / 1e6 + " ms", tallies);
        }
        boolean[] over = new boolean[latencies.length];
        long count = 0;
        for (int i = 0; i < over.length; i++) {
            over[i] = latencies[i] > bound * 1e6;
            count += over[i] ? 1 : 0;
        }
        Dependence dependence = Dependence.of(over);
        long queries = over.length / dependence.divisor();
        long effective = Math.round((double) count / dependence.divisor());
        Verdict verdict = new PercentileClaim(PERCENTILE, 0.01).decide(queries, effective);
        tallies.putAll(Map.of("over", count, "effective-queries", queries));
        String message = String.format(
                Locale.ROOT,
                "p90 %.3f ms, bound %.3f ms; %d of %d queries over it, %d count as independent",
                p90 / 1e6,
                bound,
                count,
                over.length,
                queries);
        return Finding.of(verdict, message).withTallies(tallies);
    }

    private Finding throughput(Observation observation, Terms terms) {
        Observation.Measured load = load(observation);
        double perSecond = load.samples() * (double) OFFLINE_BATCH / (load.totalNanos() / 1e9);
        Map<String, Long> tallies = Map.of("images-per-second", Math.round(perSecond), "batches", load.samples());
        double bound = terms.limit("offline-samples-per-second", Double.NaN);
        String measured = String.format(Locale.ROOT, "%.0f images a second", perSecond);
        if (Double.isNaN(bound)) {
            return unbounded("offline-samples-per-second", measured, tallies);
        }
        return Finding.of(perSecond >= bound ? Verdict.PASS : Verdict.FAIL, measured + ", bound " + bound)
                .withTallies(tallies);
    }

    private static Finding unbounded(String limit, String measured, Map<String, Long> tallies) {
        return Finding.of(Verdict.INCONCLUSIVE, measured + "; the profile sets no limit '" + limit + "'")
                .because("no-bound")
                .withTallies(tallies);
    }

    private Finding sameOutputs(Observation observation, Terms terms) {
        SortedMap<String, Recorded> under = load(observation).outputs();
        Played played = Played.of(observation);
        Tensor alone = played.all("scores").get(0);
        Recorded recorded = under.getOrDefault("scores", new Recorded.Whole(alone));
        Assertions.assertThat(under).as("outputs under load").containsKey("scores");
        Tensor loaded = recorded.tensor();
        boolean equal = loaded.equals(alone);
        if (terms.deterministic().contains("run-to-run")) {
            Assertions.assertThat(equal)
                    .as("scores under load equal bit for bit, as determinism is claimed")
                    .isTrue();
        }
        ReferenceScores reference = ReferenceScores.of(
                fixture.network(), fixture.layers(), fixture.weights().reals(), images(0, 1), 0);
        Assertions.assertThat(loaded.shape()).isEqualTo(alone.shape());
        return new Within()
                .tensor("scores under load", loaded, reference::score, c -> 6 * reference.sigma(c))
                .tensor("scores alone", alone, reference::score, c -> 6 * reference.sigma(c))
                .finding()
                .withTallies(Map.of("equal-bit-for-bit", equal ? 1L : 0L));
    }

    /** Where nodes ran is the judge's rule for every case; here it has to be known, and the same before and after. */
    private static Finding placed(Observation observation, Terms terms) {
        List<List<NodePlacement>> told = Played.of(observation).answers().stream()
                .filter(Observation.Outputs.class::isInstance)
                .map(answer -> ((Observation.Outputs) answer).placement())
                .filter(placement -> !placement.isEmpty())
                .toList();
        if (told.size() < 2) {
            return Finding.of(Verdict.INCONCLUSIVE, "where the nodes ran before and after the load was not told")
                    .because("not-driven");
        }
        Assertions.assertThat(told.get(1))
                .as("placement after the load, against before it; provider %s", terms.provider())
                .isEqualTo(told.get(0));
        return Finding.pass();
    }

    private static Finding both(Finding one, Finding other) {
        SortedMap<String, Long> tallies = new TreeMap<>(one.tallies());
        tallies.putAll(other.tallies());
        return (one.verdict().compareTo(other.verdict()) > 0 ? one : other).withTallies(tallies);
    }

    private static Observation.Measured load(Observation observation) {
        List<Observation.Measured> loads = Played.of(observation).loads();
        Assertions.assertThat(loads).as("loads measured").hasSize(1);
        return loads.get(0);
    }
}
