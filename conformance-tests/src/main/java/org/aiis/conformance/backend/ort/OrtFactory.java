package org.aiis.conformance.backend.ort;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.backend.BackendFactory;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Backend;

/** The word {@code ort}: ONNX Runtime with any of its execution providers. */
public final class OrtFactory implements BackendFactory {
    @Override
    public String word() {
        return "ort";
    }

    @Override
    public String summary() {
        return "ONNX Runtime with an execution provider. Options of all: " + String.join(", ", OrtSettings.OPTIONS)
                + ", and ONNX Runtime's own session.…, optimization.…, ep.…";
    }

    @Override
    public SortedMap<String, String> variants() {
        SortedMap<String, String> variants = new TreeMap<>();
        variants.put("ort:PROVIDER", summary());
        Providers.byWord().forEach((word, provider) -> variants.put("ort:" + word, provider.summary()));
        return variants;
    }

    @Override
    public void prepare() {
        NativeLibraries.ready();
    }

    @Override
    public Backend open(String argument, SortedMap<String, String> options) {
        if (argument.isEmpty()) {
            throw InputException.of(
                    "backend ort without an execution provider", "write ort:cpu, ort:cuda; 'aiis list backends'");
        }
        return OrtBackend.open("ort:" + argument, OrtSettings.of(Providers.named(argument), options));
    }

    /** The CPU provider of the same library, without the options that are the other provider's own. */
    @Override
    public Optional<BackendUri> core(String argument, SortedMap<String, String> options) {
        String cpu = word() + ":" + Providers.CPU.word();
        return Optional.of(
                new BackendUri(cpu, argument.equals(Providers.CPU.word()) ? options : OrtSettings.ofLibrary(options)));
    }

    @Override
    public Optional<BackendUri> unoptimised(String argument, SortedMap<String, String> options) {
        BackendUri off = new BackendUri(word() + ":" + argument, options).with(OrtSettings.LEVEL, OrtSettings.OFF);
        return Optional.of(off).filter(other -> !other.options().equals(options));
    }
}
