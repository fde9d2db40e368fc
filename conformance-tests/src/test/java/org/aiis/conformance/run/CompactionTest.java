package org.aiis.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.aiis.conformance.catalogue.Catalogue;
import org.aiis.conformance.judge.StandardJudge;
import org.aiis.conformance.scheme.Home;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;

/** What evidence keeps is judged as what was seen. */
class CompactionTest {
    private static final Standard STANDARD = StandardReader.bundled();
    private static final Oracle ORACLE = new Evaluator();
    private static final StandardJudge JUDGE = new StandardJudge(ORACLE, STANDARD);
    private static final Terms TERMS = new Terms(Accuracy.FULL, Set.of(), Set.of(), Set.of(), "P", Set.of(), Map.of());

    /** The sign of zero is open in many of these cases, so that what passes is not always what the oracle says. */
    @Test
    void theVerdictOnZerosOfTheOtherSignStaysTheSame() {
        List<String> passed = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        int digests = 0;
        for (TestCase testCase : Catalogue.of(STANDARD, Home.find().root()).cases()) {
            Optional<Observation.Outputs> seen = withZerosOfTheOtherSign(testCase);
            if (seen.isEmpty()) {
                continue;
            }
            Finding finding = JUDGE.judge(testCase, seen.get(), TERMS);
            Observation kept = Compaction.of(testCase, seen.get(), finding);
            if (!JUDGE.judge(testCase, kept, TERMS).verdict().equals(finding.verdict())) {
                changed.add(testCase.id());
            }
            if (finding.verdict() == Verdict.PASS) {
                passed.add(testCase.id());
            }
            digests += kept instanceof Observation.Outputs o
                            && o.values().values().stream().anyMatch(Recorded.Digest.class::isInstance)
                    ? 1
                    : 0;
        }
        assertThat(changed).isEmpty();
        assertThat(passed).hasSizeGreaterThan(50).anyMatch(id -> id.startsWith("OP-Mod-"));
        assertThat(digests).as("outputs without a zero beside").isPositive();
    }

    private static Optional<Observation.Outputs> withZerosOfTheOtherSign(TestCase testCase) {
        if (testCase.grade() != Grade.QUICK
                || !(testCase.expectation() instanceof Expectation.ByOracle by)
                || !(by.tolerance() instanceof Tolerance.Exact)
                || !testCase.pair().map(pair -> pair.type().isFloat()).orElse(false)
                || !(testCase.stimulus().get() instanceof Stimulus.ModelRun run)) {
            return Optional.empty();
        }
        TreeMap<String, Recorded> values = new TreeMap<>();
        ORACLE.evaluate(run.model(), run.inputs(), TERMS.modes()).outputs().forEach((name, value) -> {
            values.put(name, new Recorded.Whole(turned(value.rounded())));
        });
        return Optional.of(new Observation.Outputs(values, List.of()));
    }

    private static Tensor turned(Tensor tensor) {
        if (!tensor.type().isFloat()) {
            return tensor;
        }
        Tensor.Builder turned = new Tensor.Builder(tensor.type(), tensor.shape());
        for (int i = 0; i < tensor.size(); i++) {
            if (tensor.real(i) == 0 && tensor.type().format().encode(-0.0) != 0) {
                turned.setReal(i, -tensor.real(i));
            } else {
                turned.setBits(i, tensor.bits(i));
            }
        }
        return turned.build();
    }
}
