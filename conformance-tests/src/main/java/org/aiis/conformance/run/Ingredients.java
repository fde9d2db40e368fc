package org.aiis.conformance.run;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.port.Rejudge;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;

/** Operators and size of a stimulus. Damaged models, which are shown on purpose, have a size alone. */
final class Ingredients {
    private final SortedSet<String> operators = new TreeSet<>();
    private long bytes;

    private Ingredients() {}

    static Rejudge.Contents of(Stimulus stimulus) {
        Ingredients all = new Ingredients();
        if (stimulus instanceof Stimulus.ModelRun run) {
            all.run(run);
        } else if (stimulus instanceof Stimulus.MustReject must) {
            all.run(must.valid());
            all.run(must.broken());
        } else if (stimulus instanceof Stimulus.Script script) {
            script.steps().forEach(all::step);
        }
        return new Rejudge.Contents(all.operators, all.bytes);
    }

    private void run(Stimulus.ModelRun run) {
        model(run.model());
        run.inputs().values().forEach(this::tensor);
    }

    private void step(Step step) {
        if (step instanceof Step.Load load) {
            model(load.bytes());
        } else if (step instanceof Step.LoadExported load) {
            model(load.template());
        } else if (step instanceof Step.LoadFolder load) {
            model(load.bytes());
        } else if (step instanceof Step.Exchange exchange) {
            exchange.models().values().forEach(this::model);
            exchange.calls().forEach(call -> bytes += call.body().size());
        } else if (step instanceof Step.Put put) {
            tensor(put.value());
        } else if (step instanceof Step.Run run) {
            run.inputs().values().stream()
                    .filter(Step.Feed.Inline.class::isInstance)
                    .forEach(feed -> tensor(((Step.Feed.Inline) feed).tensor()));
        }
    }

    private void tensor(Tensor tensor) {
        bytes += tensor.type() == ElementType.STRING
                ? tensor.size()
                : tensor.view().remaining();
    }

    private void model(Bytes model) {
        bytes += model.size();
        try {
            ModelProto parsed = Models.parse(model);
            graph(parsed.getGraph());
            parsed.getFunctionsList().forEach(function -> nodes(function.getNodeList()));
        } catch (Oracle.Refusal damaged) {
            return; // Its bytes count, and it names no operator.
        }
    }

    private void graph(GraphProto graph) {
        nodes(graph.getNodeList());
    }

    private void nodes(List<NodeProto> nodes) {
        for (NodeProto node : nodes) {
            operators.add(node.getOpType());
            for (AttributeProto attribute : node.getAttributeList()) {
                if (attribute.hasG()) {
                    graph(attribute.getG());
                }
                attribute.getGraphsList().forEach(this::graph);
            }
        }
    }
}
