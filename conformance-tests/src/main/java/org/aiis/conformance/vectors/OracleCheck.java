package org.aiis.conformance.vectors;

import java.util.function.Supplier;
import org.aiis.conformance.judge.StandardJudge;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.Verdict;

/**
 * VEC-ORACLE: what the oracle says, as the judge weighs the catalogue's cases. The oracle is asked first, so that a model it
 * does not evaluate after all is no error of the suite.
 */
record OracleCheck(String id, Supplier<DataSet> data, Standard standard, Oracle oracle) implements Expectation.Check {
    @Override
    public Finding check(Observation observation, Terms terms) {
        if (observation instanceof Observation.Rejected rejected) {
            return AgreesCheck.rejected(rejected);
        }
        Stimulus.ModelRun run = data.get().run();
        Known known;
        try {
            known = new Known(oracle, run, oracle.evaluate(run.model(), run.inputs()));
        } catch (Oracle.Refusal refused) {
            return Finding.of(Verdict.INCONCLUSIVE, "the oracle does not take it: " + refused.getMessage())
                    .because("no-reference");
        }
        Finding finding =
                new StandardJudge(known, standard).judge(OracleCase.of(id, run, standard), observation, terms);
        String prefix = id + ": ";
        return finding.message().startsWith(prefix)
                ? finding.saying(finding.message().substring(prefix.length()))
                : finding;
    }
}
