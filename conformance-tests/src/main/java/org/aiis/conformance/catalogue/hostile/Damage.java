package org.aiis.conformance.catalogue.hostile;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Stimulus;

/** One way to damage a valid model, or what is fed to it. Where a model has nothing of the kind, something of the kind is added. */
@FunctionalInterface
interface Damage {
    Stimulus.ModelRun of(Stimulus.ModelRun host, Seeded seeded);

    /** A way with the word that stands for it in the ids of cases. */
    record Named(String word, Damage damage) {}

    /** All ways, in an order that never changes: a case's damage follows from its number. New ones go to the end. */
    static List<Named> all() {
        return Stream.of(
                        NodeDamage.all(),
                        AttributeDamage.all(),
                        DeclarationDamage.all(),
                        FeedDamage.all(),
                        GraphDamage.all(),
                        ByteDamage.all())
                .flatMap(List::stream)
                .toList();
    }

    static Named model(String word, BiConsumer<ModelProto.Builder, Seeded> edit) {
        return new Named(word, (host, seeded) -> {
            ModelProto.Builder model = Models.parse(host.model()).toBuilder();
            edit.accept(model, seeded);
            return new Stimulus.ModelRun(Bytes.own(model.build().toByteArray()), host.inputs());
        });
    }

    static Named node(String word, BiConsumer<NodeProto.Builder, Seeded> edit) {
        return model(word, (model, seeded) -> edit.accept(anyNode(model, seeded), seeded));
    }

    static Named feeds(String word, BiConsumer<SortedMap<String, Tensor>, Seeded> edit) {
        return new Named(word, (host, seeded) -> {
            SortedMap<String, Tensor> inputs = new TreeMap<>(host.inputs());
            edit.accept(inputs, seeded);
            return new Stimulus.ModelRun(host.model(), inputs);
        });
    }

    /** A node of the graph; a model without nodes gets one. */
    static NodeProto.Builder anyNode(ModelProto.Builder model, Seeded seeded) {
        var graph = model.getGraphBuilder();
        return graph.getNodeCount() == 0
                ? graph.addNodeBuilder().setOpType("Identity")
                : graph.getNodeBuilder((int) seeded.integer(0, graph.getNodeCount() - 1));
    }
}
