package org.aiis.conformance.vectors;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Stimulus;

/**
 * A data set of a case as it crosses the worker port.
 *
 * @param run what a backend is shown
 * @param expected what the folder says comes back
 * @param tolerance the case's own, from its data.json, or empty
 */
record DataSet(Stimulus.ModelRun run, SortedMap<String, Tensor> expected, SortedMap<String, Double> tolerance) {
    /** Where a case states a tolerance of its own. */
    static final String OWN = "data.json";

    private static final int MOST_VALUES = 10_000;

    DataSet {
        expected = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(expected));
        tolerance = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(tolerance));
    }

    /**
     * Reads a data set with its model.
     *
     * @throws InputException when it is not in the layout, or a value cannot cross, with the reason
     */
    static DataSet read(VectorFolder.Vectors vectors, int number) {
        Path set = vectors.sets().get(number);
        if (set == null) {
            throw InputException.of("no folder test_data_set_" + number, "");
        }
        ExternalData external = new ExternalData(vectors.folder());
        Bytes file = Bytes.own(VectorFolder.read(vectors.folder().resolve(VectorFolder.MODEL)));
        ModelProto written = parse(file);
        ModelProto model = external.inlined(written);
        Boundary.Crossing crossing = Boundary.of(
                model,
                values(set, "input", model.getGraph().getInputList(), external),
                values(set, "output", model.getGraph().getOutputList(), external));
        Bytes shown = crossing.model().equals(written)
                ? file
                : Bytes.own(crossing.model().toByteArray());
        return new DataSet(new Stimulus.ModelRun(shown, crossing.inputs()), crossing.outputs(), own(vectors.folder()));
    }

    private static ModelProto parse(Bytes file) {
        try {
            return Models.parse(file);
        } catch (Oracle.Refusal refused) {
            throw InputException.of(VectorFolder.MODEL + ": " + refused.getMessage(), "");
        }
    }

    private static List<Datum> values(Path set, String kind, List<ValueInfoProto> infos, ExternalData external) {
        List<Datum> values = new ArrayList<>();
        for (int i = 0; i < MOST_VALUES; i++) {
            String name = kind + "_" + i + ".pb";
            Path file = set.resolve(name);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                break;
            }
            if (i == infos.size()) {
                throw InputException.of(name + ": the model has only " + i + " " + kind + "s", "");
            }
            values.add(new DataFile(name, external)
                    .read(VectorFolder.read(file), infos.get(i).getType()));
        }
        return values;
    }

    /** rtol and atol, as ONNX's own runner reads them; other members are for other readers. */
    static SortedMap<String, Double> own(Path folder) {
        SortedMap<String, Double> tolerance = new TreeMap<>();
        Path file = folder.resolve(OWN);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            var tree = Codec.tree(Codec.text(file), file.getFileName().toString());
            for (String name : List.of("rtol", "atol")) {
                var member = tree.path(name);
                if (member.isNumber() && Double.isFinite(member.doubleValue()) && member.doubleValue() >= 0) {
                    tolerance.put(name, member.doubleValue());
                } else if (!member.isMissingNode()) {
                    throw InputException.of("data.json: " + name + " is no number of 0 or more", "");
                }
            }
        }
        return tolerance;
    }

    /** Bytes that it takes in memory, about. */
    long size() {
        return run.model().size()
                + run.inputs().values().stream().mapToLong(DataSet::size).sum()
                + expected.values().stream().mapToLong(DataSet::size).sum();
    }

    private static long size(Tensor tensor) {
        return tensor.view().remaining() + 40L * tensor.strings().size();
    }
}
