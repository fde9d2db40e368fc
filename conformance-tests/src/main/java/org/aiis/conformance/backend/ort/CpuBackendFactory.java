package org.aiis.conformance.backend.ort;

import java.util.Optional;
import java.util.SortedMap;
import org.aiis.conformance.backend.BackendFactory;
import org.aiis.conformance.backend.Variation;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Backend;

/** The word {@code cpu}: ONNX Runtime with its CPU provider. */
public final class CpuBackendFactory implements BackendFactory {
    @Override
    public String word() {
        return "cpu";
    }

    @Override
    public String summary() {
        return "short for ort:cpu. Options: " + String.join(", ", OrtSettings.OPTIONS);
    }

    @Override
    public Backend open(String argument, SortedMap<String, String> options) {
        if (!argument.isEmpty()) {
            throw InputException.of("backend cpu takes no argument, found ':" + argument + "'", "write 'cpu'");
        }
        return OrtBackend.open(word(), OrtSettings.of(Providers.CPU, options));
    }

    @Override
    public Optional<Variation> core(String argument, SortedMap<String, String> options) {
        return Optional.of(new Variation(word(), options));
    }

    @Override
    public Optional<Variation> unoptimised(String argument, SortedMap<String, String> options) {
        Variation off = new Variation(word(), options).with(OrtSettings.LEVEL, OrtSettings.OFF);
        return Optional.of(off).filter(other -> !other.options().equals(options));
    }
}
