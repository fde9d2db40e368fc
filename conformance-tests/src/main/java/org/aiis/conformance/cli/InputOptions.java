package org.aiis.conformance.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.bisect.Drawn;
import org.aiis.conformance.scheme.IcsDraft;
import org.aiis.conformance.vectors.InputFiles;
import org.aiis.conformance.vectors.ModelFile;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import picocli.CommandLine.Option;

/** What a model of somebody's own is fed with, and how long it may take. */
final class InputOptions {
    private static final String RANDOM = "random";

    /** What is loaded in a second at least, from a disk that is slow. */
    private static final long MIB_A_SECOND = 50;

    @Option(
            names = "--inputs",
            paramLabel = "FROM",
            description = {
                "Where the inputs come from: a folder with input_0.pb, input_1.pb, … in the order of the graph's inputs, or with several",
                "test_data_set_N of them; a folder with NAME.npy for each input; a .npz; a .npy for a model of one input; or the word",
                "random. Default: random, drawn by type and shape."
            })
    String inputs = RANDOM;

    @Option(
            names = {"--shape", "--extent"},
            paramLabel = "NAME=D[,D…]",
            description =
                    "Shape of a drawn input, or extent of a dimension that the model names. Default: 1 in front, 8 elsewhere.")
    Map<String, String> shapes = Map.of();

    @Option(
            names = "--range",
            paramLabel = "NAME=LOW[:HIGH]",
            description =
                    "Values of a drawn input. Default: floats from -1 to 1, integers from 0 to 9 or below the size of the table that they index.")
    Map<String, String> ranges = Map.of();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of drawn inputs. Default: 0.")
    long seed;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Time after which a step counts as hung. Default: " + IcsDraft.TIMEOUT_SECONDS
                    + ", and one more for each " + MIB_A_SECOND + " MiB that the model keeps in files.")
    Optional<Integer> timeout = Optional.empty();

    @Option(
            names = "--in-files",
            description =
                    "Give the backend the model by its path, its data in files beside it, as is done from 64 MiB on anyway.")
    boolean inFiles;

    ModelFile file(Path model) {
        if (timeout.orElse(1) < 1) {
            throw InputException.of("--timeout " + timeout.orElse(0), "1 or more seconds");
        }
        return inFiles ? ModelFile.read(model, 0) : ModelFile.read(model);
    }

    int timeout(ModelFile file) {
        long more = file.beside()
                .map(beside -> beside.bytes() / (MIB_A_SECOND << 20))
                .orElse(0L);
        return timeout.orElse(IcsDraft.TIMEOUT_SECONDS + (int) Math.min(more, 3_600));
    }

    /** Inputs by data set. */
    SortedMap<String, SortedMap<String, Tensor>> sets(ModelFile file) {
        if (!inputs.equals(RANDOM)) {
            if (!shapes.isEmpty() || !ranges.isEmpty()) {
                throw InputException.of("--shape and --range are for drawn inputs", "leave them or --inputs out");
            }
            return InputFiles.read(file, Path.of(inputs));
        }
        Map<String, Shape> given = new TreeMap<>();
        shapes.forEach((name, text) -> given.put(name, shape(name, text)));
        Map<String, Drawn.Range> values = new TreeMap<>();
        ranges.forEach((name, text) -> values.put(name, Drawn.Range.parse(name, text)));
        SortedMap<String, SortedMap<String, Tensor>> sets = new TreeMap<>();
        sets.put(RANDOM, file.fitting(new Drawn(file, given, values, seed).inputs()));
        return sets;
    }

    private static Shape shape(String name, String text) {
        List<Integer> dims = new ArrayList<>();
        for (String dim : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            if (!dim.matches("\\d{1,8}")) {
                throw InputException.of(
                        "shape " + name + "=" + text, "numbers of at most 8 digits are expected, comma after comma");
            }
            dims.add(Integer.parseInt(dim));
        }
        return new Shape(dims);
    }
}
