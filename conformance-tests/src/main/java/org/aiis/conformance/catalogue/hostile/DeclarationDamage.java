package org.aiis.conformance.catalogue.hostile;

import java.util.List;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.TensorShapeProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;

/** What a model says of its inputs, outputs and inner values, and of the editions that it needs. */
final class DeclarationDamage {
    private DeclarationDamage() {}

    static List<Damage.Named> all() {
        return List.of(
                Damage.model("input-shape", (model, seeded) -> shape(input(model, seeded), seeded)),
                Damage.model("input-type", (model, seeded) -> type(input(model, seeded), seeded)),
                Damage.model("input-kind", (model, seeded) -> kind(input(model, seeded), seeded)),
                Damage.model("output-shape", (model, seeded) -> shape(output(model, seeded), seeded)),
                Damage.model("output-type", (model, seeded) -> type(output(model, seeded), seeded)),
                Damage.model("output-kind", (model, seeded) -> kind(output(model, seeded), seeded)),
                Damage.model("value-info", DeclarationDamage::valueInfo),
                Damage.model("opset", DeclarationDamage::opset),
                Damage.model(
                        "ir",
                        (model, seeded) ->
                                model.setIrVersion(seeded.coin() ? seeded.integer(1, 7) : Odd.number(seeded))));
    }

    private static ValueInfoProto.Builder input(ModelProto.Builder model, Seeded seeded) {
        var graph = model.getGraphBuilder();
        return graph.getInputCount() == 0
                ? graph.addInputBuilder().setName("more")
                : graph.getInputBuilder((int) seeded.integer(0, graph.getInputCount() - 1));
    }

    private static ValueInfoProto.Builder output(ModelProto.Builder model, Seeded seeded) {
        var graph = model.getGraphBuilder();
        return graph.getOutputCount() == 0
                ? graph.addOutputBuilder().setName("more")
                : graph.getOutputBuilder((int) seeded.integer(0, graph.getOutputCount() - 1));
    }

    private static void shape(ValueInfoProto.Builder info, Seeded seeded) {
        TensorShapeProto.Builder shape =
                info.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
        switch ((int) seeded.integer(0, 4)) {
            case 0 -> shape.clearDim();
            case 1 -> shape.addDimBuilder().setDimValue(Odd.number(seeded));
            case 2 -> {
                for (int i = 0; i < 40; i++) {
                    shape.addDimBuilder().setDimValue(1);
                }
            }
            case 3 -> {
                for (TensorShapeProto.Dimension.Builder dim : shape.getDimBuilderList()) {
                    dim.setDimParam("same");
                }
                shape.addDimBuilder().setDimParam(Odd.word(seeded));
            }
            default -> {
                if (shape.getDimCount() == 0) {
                    shape.addDimBuilder();
                }
                shape.getDimBuilder((int) seeded.integer(0, shape.getDimCount() - 1))
                        .setDimValue(Odd.number(seeded));
            }
        }
    }

    /** Numbers of types that there are, that there were, and that there never will be. */
    private static void type(ValueInfoProto.Builder info, Seeded seeded) {
        info.getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(
                        seeded.coin()
                                ? Odd.type(seeded).onnx()
                                : Odd.one(List.of(0, -1, 99, Integer.MAX_VALUE), seeded));
    }

    private static void kind(ValueInfoProto.Builder info, Seeded seeded) {
        TypeProto tensor = TypeProto.newBuilder()
                .setTensorType(info.getType().getTensorType())
                .build();
        switch ((int) seeded.integer(0, 3)) {
            case 0 -> info.clearType();
            case 1 -> info.setType(TypeProto.newBuilder());
            case 2 ->
                info.setType(TypeProto.newBuilder()
                        .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(tensor)));
            default ->
                info.setType(TypeProto.newBuilder()
                        .setOptionalType(TypeProto.Optional.newBuilder().setElemType(tensor)));
        }
    }

    /** Of a value that some node makes, or of none. */
    private static void valueInfo(ModelProto.Builder model, Seeded seeded) {
        ValueInfoProto.Builder info =
                ValueInfoProto.newBuilder().setName(Odd.one(NodeDamage.names(model.getGraph()), seeded));
        info.getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(Odd.type(seeded).onnx());
        shape(info, seeded);
        model.getGraphBuilder().addValueInfo(info);
    }

    private static void opset(ModelProto.Builder model, Seeded seeded) {
        long version = seeded.coin() ? seeded.integer(1, 26) : Odd.number(seeded);
        if (seeded.integer(0, 4) == 0) {
            model.addOpsetImportBuilder().setVersion(version);
        } else {
            model.getOpsetImportBuilderList().forEach(o -> o.setVersion(version));
        }
    }
}
