package org.aiis.conformance.vectors;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.aiis.conformance.judge.StandardJudge;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
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
        Finding finding = new StandardJudge(known, standard).judge(asCase(), observation, terms);
        String prefix = id + ": ";
        return finding.message().startsWith(prefix)
                ? finding.saying(finding.message().substring(prefix.length()))
                : finding;
    }

    /** The data set as a case that asks the oracle: a lone operator by its row, a graph by its running error. */
    TestCase asCase() {
        Stimulus.ModelRun run = data.get().run();
        List<NodeProto> nodes = Models.parse(run.model()).getGraph().getNodeList();
        OperatorRow row = nodes.size() == 1 && nodes.get(0).getDomain().isEmpty()
                ? standard.operators().get(nodes.get(0).getOpType())
                : null;
        return new TestCase(
                id,
                List.of(VectorCases.ORACLE),
                Grade.QUICK,
                row == null ? Optional.empty() : Optional.of(new OperatorType(row.operator(), type(run, nodes.get(0)))),
                () -> run,
                new Expectation.ByOracle(row == null ? new Tolerance.RunningError() : row.full()),
                VectorCases.ORIGIN);
    }

    private static ElementType type(Stimulus.ModelRun run, NodeProto node) {
        return node.getInputList().stream()
                .flatMap(name -> Optional.ofNullable(run.inputs().get(name)).stream())
                .map(Tensor::type)
                .findFirst()
                .orElse(ElementType.FLOAT32);
    }
}
