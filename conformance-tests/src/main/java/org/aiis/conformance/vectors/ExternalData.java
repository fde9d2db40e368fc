package org.aiis.conformance.vectors;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.StringStringEntryProto;
import org.aiis.onnx.TensorProto;
import org.aiis.spec.codec.InputException;

/**
 * Puts the elements that a model keeps in files beside it into the model, since a worker is shown bytes and no folder. The
 * files lie in the case's folder, found without following a link.
 */
record ExternalData(Path folder, Room room) {
    ModelProto inlined(ModelProto model) {
        return model.hasGraph() && holds(model.getGraph())
                ? model.toBuilder().setGraph(inlined(model.getGraph())).build()
                : model;
    }

    /** Whether any tensor lies outside, so that other models stay as they are, byte for byte. */
    private static boolean holds(GraphProto graph) {
        return graph.getInitializerList().stream().anyMatch(ExternalData::outside)
                || graph.getNodeList().stream()
                        .flatMap(n -> n.getAttributeList().stream())
                        .anyMatch(ExternalData::holds);
    }

    private static boolean holds(AttributeProto attribute) {
        return outside(attribute.getT())
                || attribute.getTensorsList().stream().anyMatch(ExternalData::outside)
                || holds(attribute.getG())
                || attribute.getGraphsList().stream().anyMatch(ExternalData::holds);
    }

    private static boolean outside(TensorProto tensor) {
        return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    }

    private GraphProto inlined(GraphProto graph) {
        GraphProto.Builder result = graph.toBuilder();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            result.setInitializer(i, inlined(graph.getInitializer(i)));
        }
        for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeProto.Builder node = result.getNodeBuilder(i);
            for (int k = 0; k < node.getAttributeCount(); k++) {
                node.setAttribute(k, inlined(node.getAttribute(k)));
            }
        }
        return result.build();
    }

    private AttributeProto inlined(AttributeProto attribute) {
        AttributeProto.Builder result = attribute.toBuilder();
        if (attribute.hasT()) {
            result.setT(inlined(attribute.getT()));
        }
        if (attribute.hasG()) {
            result.setG(inlined(attribute.getG()));
        }
        for (int i = 0; i < attribute.getTensorsCount(); i++) {
            result.setTensors(i, inlined(attribute.getTensors(i)));
        }
        for (int i = 0; i < attribute.getGraphsCount(); i++) {
            result.setGraphs(i, inlined(attribute.getGraphs(i)));
        }
        return result.build();
    }

    TensorProto inlined(TensorProto tensor) {
        if (!outside(tensor)) {
            return tensor;
        }
        Map<String, String> place = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            place.put(entry.getKey(), entry.getValue());
        }
        String location = place.getOrDefault("location", "");
        try {
            Path file = inside(tensor, location);
            long size = Files.size(file);
            long offset = number(place.getOrDefault("offset", "0"), location);
            long length = number(place.getOrDefault("length", Long.toString(Math.max(0, size - offset))), location);
            if (offset > size || length > size - offset || length > room.most()) {
                throw refused(tensor, "offset " + offset + " and length " + length + " lie outside " + location);
            }
            room.take(length);
            ByteBuffer data = ByteBuffer.allocate((int) length);
            try (FileChannel channel = FileChannel.open(file, LinkOption.NOFOLLOW_LINKS)) {
                while (data.hasRemaining()) {
                    if (channel.read(data, offset + data.position()) < 0) {
                        throw refused(tensor, location + " ends early");
                    }
                }
            }
            return tensor.toBuilder()
                    .clearExternalData()
                    .clearDataLocation()
                    .setRawData(ByteString.copyFrom(data.flip()))
                    .build();
        } catch (IOException e) {
            throw refused(tensor, location + " cannot be read");
        }
    }

    private Path inside(TensorProto tensor, String location) throws IOException {
        Path file;
        try {
            file = folder.resolve(location).normalize();
        } catch (java.nio.file.InvalidPathException e) {
            throw refused(tensor, "its location is no path");
        }
        boolean plain = !location.isEmpty()
                && file.startsWith(folder)
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && file.toRealPath().startsWith(folder.toRealPath());
        if (!plain) {
            throw refused(tensor, "its location '" + location + "' is no file inside the case's folder");
        }
        return file;
    }

    private static long number(String text, String location) {
        if (!text.matches("\\d{1,15}")) {
            throw InputException.of("external data of " + location + ": '" + text + "' is no offset or length", "");
        }
        return Long.parseLong(text);
    }

    private static InputException refused(TensorProto tensor, String why) {
        return InputException.of("external data of tensor '" + tensor.getName() + "': " + why, "");
    }
}
