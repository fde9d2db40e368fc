package org.aiis.conformance.vectors;

import static org.aiis.reference.onnx.ExternalTensors.refused;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.worker.LinkedFolder.Source;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.StringStringEntryProto;
import org.aiis.onnx.TensorProto;
import org.aiis.reference.onnx.ExternalTensors;
import org.aiis.reference.onnx.FilePart;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.tensor.Bytes;

/**
 * What a large model keeps in files, which stays there: initializers, by names of our own. What the model itself names as a location
 * is looked at once, and nobody is shown it.
 *
 * @param files by plain name
 * @param bytes of all initializers
 * @param heap bytes that an evaluation needs for the largest of them: read, as numbers, and in the order of a product
 * @param whole bytes of a model, or a part of one, with its data, up to which it is shown in one piece
 */
public record Beside(SortedMap<String, Source> files, long bytes, long heap, long whole)
        implements ExternalTensors.Files {
    private static final String ENDING = ".data";

    /** Heap for everything else. */
    private static final long RESERVED = 160L << 20;

    public Beside {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** A model whose initializers name files of ours, and these. */
    record Kept(ModelProto model, Beside beside) {}

    /**
     * The initializers of a model that lie in files stay there.
     *
     * @param parts of the model's own file, by the initializer whose bytes they are
     * @param whole bytes up to which a part of the model is shown in one piece
     * @throws org.aiis.spec.codec.InputException when a file is missing, elsewhere or too short
     */
    static Kept keep(ModelProto model, ExternalData external, Path own, Map<Integer, Part> parts, long whole) {
        GraphProto.Builder graph = model.getGraph().toBuilder();
        SortedMap<String, Source> files = new TreeMap<>();
        Map<Path, String> names = new HashMap<>();
        long bytes = 0;
        long heap = 0;
        Set<String> tables = tables(model);
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            TensorProto tensor = graph.getInitializer(i);
            Part part = parts.get(i);
            if (part == null && !ExternalTensors.outside(tensor)) {
                continue;
            }
            ExternalTensors.Place place;
            if (part != null) {
                String name = "t" + i + ENDING;
                files.put(name, new Source(own, part.offset(), part.length()));
                place = new ExternalTensors.Place(name, 0, OptionalLong.of(part.length()));
            } else {
                ExternalTensors.Place named = ExternalTensors.place(tensor);
                Path file = file(external, tensor.getName(), named);
                String name = names.computeIfAbsent(file, f -> "d" + names.size() + ENDING);
                files.putIfAbsent(name, Source.whole(file));
                place = new ExternalTensors.Place(
                        name, named.offset(), OptionalLong.of(length(tensor.getName(), file, named)));
            }
            long found = place.length().orElse(0);
            if (found != TensorProtos.bytesOf(tensor)) {
                throw refused(
                        tensor.getName(),
                        found + " bytes, where its type and shape need " + TensorProtos.bytesOf(tensor));
            }
            bytes += found;
            int elements = TensorProtos.shapeOf(tensor).size();
            heap = Math.max(heap, 2 * found + (tables.contains(tensor.getName()) ? 0 : 16L * elements));
            graph.setInitializer(i, placed(tensor, place));
        }
        return new Kept(model.toBuilder().setGraph(graph).build(), new Beside(files, bytes, heap, whole));
    }

    /** Initializers of which nodes take rows alone: they are never made numbers as a whole. */
    private static Set<String> tables(ModelProto model) {
        Set<String> tables = new HashSet<>();
        model.getGraph().getNodeList().stream()
                .filter(n -> n.getOpType().equals("Gather") && n.getInputCount() > 0)
                .forEach(n -> tables.add(n.getInput(0)));
        model.getGraph().getNodeList().stream()
                .filter(n -> !n.getOpType().equals("Gather"))
                .forEach(n -> tables.removeAll(n.getInputList()));
        return tables;
    }

    /** Evaluations for which this process has memory side by side, up to one a processor. */
    public int evaluationsAtOnce() {
        long rest = Runtime.getRuntime().maxMemory() - RESERVED;
        return (int) Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), rest / Math.max(1, heap)));
    }

    /** Bytes in the middle of a file. */
    record Part(long offset, long length) {}

    private static Path file(ExternalData external, String tensor, ExternalTensors.Place place) {
        try {
            return external.inside(tensor, place.location());
        } catch (IOException e) {
            throw refused(tensor, place.location() + " cannot be read");
        }
    }

    private static long length(String tensor, Path file, ExternalTensors.Place place) {
        try {
            return FilePart.length(tensor, file, place);
        } catch (IOException e) {
            throw refused(tensor, place.location() + " cannot be read");
        }
    }

    private static TensorProto placed(TensorProto tensor, ExternalTensors.Place place) {
        TensorProto.Builder placed = tensor.toBuilder()
                .clearRawData()
                .clearExternalData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL);
        Map.of(
                        "location", place.location(),
                        "offset", Long.toString(place.offset()),
                        "length", Long.toString(place.length().orElse(0)))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey(Collections.reverseOrder()))
                .forEach(e -> placed.addExternalData(
                        StringStringEntryProto.newBuilder().setKey(e.getKey()).setValue(e.getValue())));
        return placed.build();
    }

    @Override
    public ByteString read(String tensor, ExternalTensors.Place place) {
        Source source = files.get(place.location());
        if (source == null) {
            throw refused(tensor, "'" + place.location() + "' is no file beside the model");
        }
        return FilePart.read(
                tensor,
                source.file(),
                new ExternalTensors.Place(place.location(), source.offset() + place.offset(), place.length()));
    }

    /** SHA-256 of a model over these files: of its own bytes, and of each of them. */
    String sha256(Bytes model) {
        List<String> parts = new ArrayList<>(List.of(model.sha256()));
        files.forEach((name, source) -> parts.add(name + " " + sha256(source)));
        return Bytes.sha256(String.join("\n", parts).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static String sha256(Source source) {
        MessageDigest sha = Bytes.newSha256();
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(source.file())) {
            in.skipNBytes(source.offset());
            long left = source.length() < 0 ? Long.MAX_VALUE : source.length();
            for (int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                    n > 0;
                    n = in.read(buffer, 0, (int) Math.min(left, buffer.length))) {
                sha.update(buffer, 0, n);
                left -= n;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the data of the model cannot be read", e);
        }
        return HexFormat.of().formatHex(sha.digest());
    }
}
