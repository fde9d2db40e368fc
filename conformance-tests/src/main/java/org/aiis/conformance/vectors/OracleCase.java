package org.aiis.conformance.vectors;

import java.util.List;
import java.util.Optional;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/** Any model and its inputs as a case that asks the oracle: a lone operator by its row, a graph by its running error. */
public final class OracleCase {
    private OracleCase() {}

    /** @param id begins with {@link VectorCases#ORACLE} */
    public static TestCase of(String id, Stimulus.ModelRun run, Standard standard) {
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
