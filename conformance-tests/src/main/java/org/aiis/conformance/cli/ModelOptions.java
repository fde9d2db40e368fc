package org.aiis.conformance.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.vectors.ModelFile;
import org.aiis.spec.tensor.Tensor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A model of somebody's own, what it is fed with, and the backend that runs it: for the commands that take one. */
final class ModelOptions {
    @Parameters(
            paramLabel = "MODEL",
            description =
                    "An ONNX model, of any size; data in files beside it are found by its own words, in its folder.")
    Path model = Path.of("");

    @Option(names = "--backend", paramLabel = "WORD", description = "Backend, as for 'aiis run'. Default: cpu.")
    String backend = "cpu";

    @Option(names = "--option", paramLabel = "NAME=VALUE", description = "Option of the backend.")
    Map<String, String> options = Map.of();

    @Mixin
    InputOptions fed = new InputOptions();

    ModelFile file() {
        return fed.file(model);
    }

    BackendUri uri() {
        return BackendUri.of(backend, new TreeMap<>(options));
    }

    int timeout(ModelFile file) {
        return fed.timeout(file);
    }

    /** Inputs by data set. */
    SortedMap<String, SortedMap<String, Tensor>> sets(ModelFile file) {
        return fed.sets(file);
    }

    /** The inputs of the first data set. */
    SortedMap<String, Tensor> first(ModelFile file) {
        SortedMap<String, SortedMap<String, Tensor>> sets = sets(file);
        return Optional.ofNullable(sets.get(sets.firstKey())).orElseThrow();
    }
}
