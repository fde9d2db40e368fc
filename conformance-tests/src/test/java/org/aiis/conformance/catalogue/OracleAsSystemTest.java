package org.aiis.conformance.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aiis.conformance.judge.StandardJudge;
import org.aiis.conformance.scheme.Home;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;

/**
 * The oracle's own answers, rounded, shown to the judge at the strictest level with everything required: each valid model
 * runs and passes, each broken one is refused. It says that cases are valid and broken as meant, not that the oracle is right.
 */
class OracleAsSystemTest {
    private static final Standard STANDARD = StandardReader.bundled();
    private static final Oracle ORACLE = new Evaluator();

    @Test
    void everyQuickCaseThatIsNoScriptPasses() {
        StandardJudge judge = new StandardJudge(ORACLE, STANDARD);
        Set<OperatorType> all = STANDARD.operators().values().stream()
                .flatMap(row -> row.types().stream().map(type -> new OperatorType(row.operator(), type)))
                .collect(Collectors.toSet());
        Terms terms = new Terms(Accuracy.FULL, all, Set.of(), Set.of(), "", Set.of(), Map.of());
        List<Finding> wrong = Catalogue.of(STANDARD, Home.find().root()).cases().stream()
                .filter(c -> c.grade() == Grade.QUICK)
                .map(c -> c.over(c.stimulus().get()))
                .filter(c -> !(c.stimulus().get() instanceof Stimulus.Script))
                .map(c -> judge.judge(c, observed(c.stimulus().get()), terms))
                .filter(f -> f.verdict() != Verdict.PASS)
                .toList();
        assertThat(wrong).isEmpty();
    }

    private static Observation observed(Stimulus stimulus) {
        if (stimulus instanceof Stimulus.MustReject twins) {
            return new Observation.Twins(observed(twins.valid()), observed(twins.broken()));
        }
        Stimulus.ModelRun run = (Stimulus.ModelRun) stimulus;
        try {
            TreeMap<String, org.aiis.spec.tensor.Tensor> outputs = new TreeMap<>();
            ORACLE.evaluate(run.model(), run.inputs())
                    .outputs()
                    .forEach((name, value) -> outputs.put(name, value.rounded()));
            return Observation.Outputs.of(outputs);
        } catch (Oracle.Refusal refused) {
            return new Observation.Rejected(
                    refused.atLoad() ? Observation.Phase.LOAD : Observation.Phase.RUN,
                    "refused",
                    String.valueOf(refused.getMessage()));
        }
    }
}
