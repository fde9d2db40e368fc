package org.aiis.reference.onnx;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.StringStringEntryProto;
import org.aiis.onnx.TensorProto;
import org.aiis.spec.codec.InputException;

/**
 * Puts the elements that a model keeps in files beside it into the model. Source: ONNX, onnx.proto, TensorProto.external_data, and
 * "External data" of docs/ExternalData.md: location, a path relative to the folder of the model; offset and length in bytes, from
 * the beginning and to the end of the file where they are left out.
 */
public final class ExternalTensors {
    private ExternalTensors() {}

    /** Where the elements of a tensor lie. */
    public record Place(String location, long offset, OptionalLong length) {}

    /** The files that a model may name. */
    public interface Files {
        /** No files: a model that is whole by itself. */
        Files NONE = (tensor, place) -> {
            throw refused(tensor, "there are no files beside the model");
        };

        /** The bytes at a place, for the tensor of this name; InputException where there are none. */
        ByteString read(String tensor, Place place);
    }

    /** The model itself, byte for byte, where none of its tensors lies outside. */
    public static ModelProto inlined(ModelProto model, Files files) {
        return model.hasGraph() && holds(model.getGraph())
                ? model.toBuilder().setGraph(inlined(model.getGraph(), files)).build()
                : model;
    }

    private static boolean holds(GraphProto graph) {
        return graph.getInitializerList().stream().anyMatch(ExternalTensors::outside)
                || graph.getNodeList().stream()
                        .flatMap(n -> n.getAttributeList().stream())
                        .anyMatch(ExternalTensors::holds);
    }

    private static boolean holds(AttributeProto attribute) {
        return outside(attribute.getT())
                || attribute.getTensorsList().stream().anyMatch(ExternalTensors::outside)
                || holds(attribute.getG())
                || attribute.getGraphsList().stream().anyMatch(ExternalTensors::holds);
    }

    /** Whether the elements of a tensor lie in a file. */
    public static boolean outside(TensorProto tensor) {
        return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    }

    /** The model with what its nodes hold in attributes put into it; its initializers stay where they are. */
    public static ModelProto withAttributesInlined(ModelProto model, Files files) {
        GraphProto.Builder graph = model.getGraph().toBuilder();
        inlineNodes(graph, files);
        return model.toBuilder().setGraph(graph).build();
    }

    private static GraphProto inlined(GraphProto graph, Files files) {
        GraphProto.Builder result = graph.toBuilder();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            result.setInitializer(i, inlined(graph.getInitializer(i), files));
        }
        inlineNodes(result, files);
        return result.build();
    }

    private static void inlineNodes(GraphProto.Builder result, Files files) {
        for (int i = 0; i < result.getNodeCount(); i++) {
            if (result.getNode(i).getAttributeList().stream().anyMatch(ExternalTensors::holds)) {
                NodeProto.Builder node = result.getNodeBuilder(i);
                for (int k = 0; k < node.getAttributeCount(); k++) {
                    node.setAttribute(k, inlined(node.getAttribute(k), files));
                }
            }
        }
    }

    private static AttributeProto inlined(AttributeProto attribute, Files files) {
        AttributeProto.Builder result = attribute.toBuilder();
        if (attribute.hasT()) {
            result.setT(inlined(attribute.getT(), files));
        }
        if (attribute.hasG()) {
            result.setG(inlined(attribute.getG(), files));
        }
        for (int i = 0; i < attribute.getTensorsCount(); i++) {
            result.setTensors(i, inlined(attribute.getTensors(i), files));
        }
        for (int i = 0; i < attribute.getGraphsCount(); i++) {
            result.setGraphs(i, inlined(attribute.getGraphs(i), files));
        }
        return result.build();
    }

    /** The tensor itself where its elements lie in it. */
    public static TensorProto inlined(TensorProto tensor, Files files) {
        return outside(tensor)
                ? tensor.toBuilder()
                        .clearExternalData()
                        .clearDataLocation()
                        .setRawData(files.read(tensor.getName(), place(tensor)))
                        .build()
                : tensor;
    }

    /**
     * Where the elements of a tensor lie.
     *
     * @throws InputException when that is not said as ONNX wants it
     */
    public static Place place(TensorProto tensor) {
        Map<String, String> keys = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            keys.put(entry.getKey(), entry.getValue());
        }
        String location = keys.getOrDefault("location", "");
        for (String key : List.of("offset", "length")) {
            String text = keys.getOrDefault(key, "0");
            if (!text.matches("\\d{1,15}")) {
                throw refused(tensor.getName(), "'" + text + "' is no " + key + " in " + location);
            }
        }
        return new Place(
                location,
                Long.parseLong(keys.getOrDefault("offset", "0")),
                keys.containsKey("length")
                        ? OptionalLong.of(Long.parseLong(keys.get("length")))
                        : OptionalLong.empty());
    }

    /** Says which tensor names what is not there. */
    public static InputException refused(String tensor, String why) {
        return InputException.of("external data of tensor '" + tensor + "': " + why, "");
    }
}
