package org.aiis.conformance.judge;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.aiis.spec.port.Judge;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Reference;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;
import org.opentest4j.TestAbortedException;

/** Judges by the standard's text and an oracle. Whatever goes wrong in here or in the oracle is an ERROR verdict. */
public final class StandardJudge implements Judge {
    private final Oracle oracle;
    private final Standard standard;
    private final boolean drawn;

    public StandardJudge(Oracle oracle, Standard standard) {
        this(oracle, standard, true);
    }

    private StandardJudge(Oracle oracle, Standard standard, boolean drawn) {
        this.oracle = oracle;
        this.standard = standard;
        this.drawn = drawn;
    }

    /**
     * One of nodes of a model that somebody brings, with what else the model made for inputs: elements may share what they are summed
     * from, and with it errors, so that a mean error says nothing against a right sum.
     */
    public static StandardJudge ofOthersNumbers(Oracle oracle, Standard standard) {
        return new StandardJudge(oracle, standard, false);
    }

    @Override
    public Finding judge(TestCase testCase, Observation observation, Terms terms) {
        try {
            Stimulus stimulus = testCase.stimulus().get();
            Seen seen = Seen.of(observation);
            Placement placement = Placement.of(stimulus, terms);
            Terms here = testCase.expectation() instanceof Expectation.Behaviour
                    ? terms
                    : terms.withModes(affecting(terms, placement.operators().values()));
            Optional<Finding> decided = seen.decided();
            Finding finding = decided.isPresent()
                    ? claimed(testCase, observation, seen, terms, decided.get())
                    : judge(testCase, testCase.expectation(), stimulus, observation, here);
            boolean answered = seen.answered();
            List<NodePlacement> nodes = seen.placement();
            Finding worse = answered && !survival(testCase)
                    ? placed(finding, placement.judge(nodes, required(testCase, terms)))
                    : finding;
            SortedMap<String, Long> tallies = new TreeMap<>(finding.tallies());
            tallies.putAll(seen.rejections());
            if (answered && placementAsked(testCase, stimulus)) {
                tallies.putAll(placement.tallies(nodes));
            }
            return labelled(testCase, worse.withTallies(tallies));
        } catch (RuntimeException | StackOverflowError e) {
            String told = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return labelled(testCase, Finding.of(Verdict.ERROR, told).because("suite"));
        }
    }

    /** The worse of what outputs and placement gave; where outputs are right, what the placement says of them. */
    private static Finding placed(Finding outputs, Optional<Finding> placement) {
        if (placement.isEmpty() || outputs.verdict() == Verdict.NOT_APPLICABLE) {
            return outputs;
        }
        boolean worse = outputs.verdict().compareTo(placement.get().verdict()) < 0;
        return worse || outputs.verdict() == Verdict.PASS ? placement.get() : outputs;
    }

    private Finding judge(
            TestCase testCase, Expectation expectation, Stimulus stimulus, Observation observation, Terms terms) {
        if (expectation instanceof Expectation.Outputs stated) {
            Map<String, Given> values = new TreeMap<>();
            stated.values().forEach((name, tensor) -> values.put(name, new Given(tensor)));
            return outputs(testCase, values, new Tolerance.Exact(), Map.of(), observation, terms);
        }
        if (expectation instanceof Expectation.ByOracle by) {
            return byOracle(testCase, by.tolerance(), run(stimulus), observation, terms);
        }
        if (expectation instanceof Expectation.Rejection rejection) {
            return rejection(testCase, rejection, stimulus, observation, terms);
        }
        if (expectation instanceof Expectation.OneOf either) {
            return either.any().stream()
                    .map(any -> judge(testCase, any, stimulus, observation, terms))
                    .reduce((a, b) -> a.verdict().compareTo(b.verdict()) <= 0 ? a : b)
                    .orElseThrow(() -> new IllegalStateException("one of nothing is expected"));
        }
        if (expectation instanceof Expectation.Behaviour behaviour) {
            return behaviour(behaviour.check(), observation, terms);
        }
        return Finding.pass();
    }

    private Finding byOracle(
            TestCase testCase, Tolerance tolerance, Stimulus.ModelRun run, Observation observation, Terms terms) {
        if (observation instanceof Observation.Rejected rejected) {
            return rejected(testCase, rejected, terms);
        }
        Finding finding = against(testCase, tolerance, run, run.inputs(), observation, terms);
        Map<String, Tensor> flushed = FlushedInputs.of(run.inputs(), terms.flushed());
        if (finding.verdict() == Verdict.FAIL && !flushed.equals(run.inputs())) {
            Finding other = against(testCase, tolerance, run, flushed, observation, terms);
            return other.verdict() == Verdict.PASS ? other : finding;
        }
        return finding;
    }

    private Finding against(
            TestCase testCase,
            Tolerance tolerance,
            Stimulus.ModelRun run,
            Map<String, Tensor> inputs,
            Observation observation,
            Terms terms) {
        Reference reference = tolerance instanceof Tolerance.Sensitivity
                ? oracle.sensitivity(run.model(), inputs, RunningErrorBound.RUNS)
                : oracle.evaluate(run.model(), inputs, terms.modes());
        Finding finding = outputs(testCase, reference.outputs(), tolerance, inputs, observation, terms);
        return tolerance instanceof Tolerance.Distribution
                        && finding.verdict() == Verdict.PASS
                        && observation instanceof Observation.Outputs got
                ? GoodnessOfFit.of(run, got).finding()
                : finding;
    }

    private Finding outputs(
            TestCase testCase,
            Map<String, ? extends Reference.Value> expected,
            Tolerance tolerance,
            Map<String, Tensor> inputs,
            Observation observation,
            Terms terms) {
        if (observation instanceof Observation.Rejected rejected) {
            return rejected(testCase, rejected, terms);
        }
        if (observation instanceof Observation.Outputs got) {
            return new OutputsComparison(standard, testCase, terms, drawn)
                    .compare(got.values(), expected, tolerance, inputs)
                    .finding();
        }
        throw new IllegalStateException("outputs are expected, " + kind(observation) + " was observed");
    }

    private static Finding rejected(TestCase testCase, Observation.Rejected rejected, Terms terms) {
        if (required(testCase, terms)) {
            return Finding.fail(
                    "rejected",
                    "rejected at " + Seen.phase(rejected.phase()) + ": " + rejected.message()
                            + "; outputs are expected");
        }
        return Finding.of(Verdict.PASS, "rejected as unsupported").because("unsupported");
    }

    private static boolean required(TestCase testCase, Terms terms) {
        return testCase.pair().isEmpty()
                || terms.required().contains(testCase.pair().get());
    }

    private Finding rejection(
            TestCase testCase,
            Expectation.Rejection expected,
            Stimulus stimulus,
            Observation observation,
            Terms terms) {
        if (!(stimulus instanceof Stimulus.MustReject must) || !(observation instanceof Observation.Twins twins)) {
            throw new IllegalStateException("twins are expected, " + kind(observation) + " was observed");
        }
        if (twins.valid() instanceof Observation.Rejected rejected) {
            return required(testCase, terms)
                    ? Finding.of(Verdict.INCONCLUSIVE, "the valid twin was rejected: " + rejected.message())
                            .because("twin-rejected")
                    : Finding.of(Verdict.PASS, "rejected as unsupported").because("unsupported");
        }
        Finding valid = byOracle(testCase, expected.twin(), must.valid(), twins.valid(), terms);
        if (valid.verdict() != Verdict.PASS) {
            return Finding.of(Verdict.INCONCLUSIVE, "the valid twin did not run correctly: " + valid.message())
                    .because("twin-wrong")
                    .withTallies(valid.tallies());
        }
        if (twins.broken() instanceof Observation.Rejected rejected) {
            return expected.onlyAtLoad() && rejected.phase() != Observation.Phase.LOAD
                    ? Finding.fail(
                            "rejected-late",
                            "rejected at " + Seen.phase(rejected.phase()) + ", expected at load: " + rejected.message())
                    : Finding.pass().withTallies(valid.tallies());
        }
        if (twins.broken() instanceof Observation.Outputs got) {
            return Finding.fail("accepted", "ran and gave " + Described.of(got) + ", a rejection is expected");
        }
        throw new IllegalStateException("a rejection is expected, " + kind(twins.broken()) + " was observed");
    }

    private static Finding behaviour(Expectation.Check check, Observation observation, Terms terms) {
        try {
            return check.check(observation, terms);
        } catch (TestAbortedException notClaimed) {
            return Finding.of(Verdict.NOT_APPLICABLE, Described.of(notClaimed));
        } catch (AssertionError unmet) {
            return Finding.fail("behaviour", Described.of(unmet));
        }
    }

    /**
     * What could not be shown of a capability that the ICS does not claim is not applicable. What could not be shown because
     * the system under test refused a session before it is judged, where the case asks for that.
     */
    private static Finding claimed(
            TestCase testCase, Observation observation, Seen seen, Terms terms, Finding decided) {
        if (decided.verdict() != Verdict.INCONCLUSIVE
                || !(testCase.expectation() instanceof Expectation.Behaviour behaviour)) {
            return decided;
        }
        Finding checked = behaviour(behaviour.check(), observation, terms);
        if (checked.verdict() == Verdict.NOT_APPLICABLE) {
            return checked;
        }
        return seen.refusal()
                .filter(said -> behaviour.firm() && checked.verdict() == Verdict.FAIL)
                .map(said -> Finding.fail("rejected", "a session was refused: " + said))
                .orElse(decided);
    }

    private static Finding labelled(TestCase testCase, Finding finding) {
        Finding named =
                finding.message().isEmpty() ? finding : finding.saying(testCase.id() + ": " + finding.message());
        return named.by(basis(testCase));
    }

    /** ONNX's "External data" forbids a location that leads out of the folder of the model. */
    private static final String PATHS = "ROB-EXTERNAL-DATA-PATH";

    private static final Pattern DECISION = Pattern.compile("-D\\d+$");

    /** Operators and exchange restate ONNX; decisions and everything else are this standard's own. */
    private static Finding.Basis basis(TestCase testCase) {
        String id = testCase.requirements().get(0);
        boolean onnx = id.equals(PATHS)
                || (id.startsWith("OP-") || id.startsWith("EXCH-"))
                        && !DECISION.matcher(id).find();
        return onnx ? Finding.Basis.ONNX : Finding.Basis.STANDARD;
    }

    private static Stimulus.ModelRun run(Stimulus stimulus) {
        if (stimulus instanceof Stimulus.ModelRun run) {
            return run;
        }
        throw new IllegalStateException("the oracle judges a run of a model, not " + kind(stimulus));
    }

    /** The claimed modes in which a result of a model with these operators may have been calculated. */
    static Set<PrecisionMode> affecting(Terms terms, Collection<String> operators) {
        Set<PrecisionMode> affecting = EnumSet.noneOf(PrecisionMode.class);
        for (PrecisionMode mode : terms.modes()) {
            if (mode.affects(operators)) {
                affecting.add(mode);
            }
        }
        return affecting;
    }

    /** A damaged model may be folded away: it was read, which is what such a case is about. */
    private static boolean survival(TestCase testCase) {
        return testCase.expectation() instanceof Expectation.Survival;
    }

    /** A script asks where nodes ran only of the models that it loads profiled. */
    private static boolean placementAsked(TestCase testCase, Stimulus stimulus) {
        if (survival(testCase)) {
            return false;
        }
        return !(stimulus instanceof Stimulus.Script script)
                || script.steps().stream().anyMatch(step -> step instanceof Step.Load load && load.profiled());
    }

    private static String kind(Object sealed) {
        return sealed.getClass().getSimpleName();
    }
}
