package org.aiis.conformance.backend.ort;

import java.util.Optional;
import java.util.SortedMap;
import org.aiis.conformance.backend.BackendFactory;
import org.aiis.conformance.backend.BackendUri;
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
    public void prepare() {
        NativeLibraries.ready();
    }

    @Override
    public Backend open(String argument, SortedMap<String, String> options) {
        if (!argument.isEmpty()) {
            throw InputException.of("backend cpu takes no argument, found ':" + argument + "'", "write 'cpu'");
        }
        return OrtBackend.open(word(), OrtSettings.of(Providers.CPU, options));
    }

    @Override
    public Optional<BackendUri> core(String argument, SortedMap<String, String> options) {
        return Optional.of(new BackendUri(word(), options));
    }

    @Override
    public Optional<BackendUri> unoptimised(String argument, SortedMap<String, String> options) {
        BackendUri off = new BackendUri(word(), options).with(OrtSettings.LEVEL, OrtSettings.OFF);
        return Optional.of(off).filter(other -> !other.options().equals(options));
    }
}
