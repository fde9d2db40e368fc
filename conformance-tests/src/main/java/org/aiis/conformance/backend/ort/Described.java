package org.aiis.conformance.backend.ort;

import ai.onnxruntime.OrtEpDevice;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.testing.Step;

/** Settings in effect, devices and drivers, name to value. */
final class Described {
    private static final Path NVIDIA = Path.of("/proc/driver/nvidia");

    /** Of cuBLAS and cuDNN: 0 forbids TF32 to all programs. */
    private static final String NO_TF32 = "NVIDIA_TF32_OVERRIDE";

    private Described() {}

    static SortedMap<String, String> of(OrtRuntime runtime) {
        OrtSettings settings = runtime.settings();
        SortedMap<String, String> properties = new TreeMap<>();
        properties.put("intra-op-threads", Integer.toString(settings.threads()));
        properties.put("inter-op-threads", "1");
        properties.put("optimization-level", settings.levelWord());
        properties.put("api", "Java");
        properties.put(
                Step.KNOWN,
                CompiledModel.isKnownTo(settings.provider())
                        ? "cancel,compile,cycle,folder,path,times,together"
                        : "cancel,cycle,folder,path,times,together");
        properties.put("os", System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""));
        if (settings.provider().equals(Providers.CPU)) {
            // What the placement rests on, as spec/worker-protocol.md asks: see OrtModel.
            properties.put("placement", "the graph as written down when the model was first loaded, by one provider");
        } else {
            properties.put("fallback", settings.fallback() ? "on" : "off");
        }
        settings.core().ifPresent(given -> {
            properties.put("library-path", given.toString());
            properties.put("java-binding", runtime.environment().getVersion());
        });
        properties.putAll(settings.entries());
        settings.own().forEach((name, value) -> properties.put("provider." + name, value));
        properties.putAll(settings.route());
        properties.putAll(runtime.attachment().told());
        if (!runtime.others().isEmpty()) {
            properties.put(Sut.OTHER_LIBRARIES, String.join(", ", runtime.others()));
        }
        devices(runtime, properties);
        precision(settings, properties);
        return properties;
    }

    private static void devices(OrtRuntime runtime, SortedMap<String, String> properties) {
        try {
            for (OrtEpDevice device : runtime.environment().getEpDevices()) {
                if (runtime.attachment().told().isEmpty()
                        && device.getEpName().equals(runtime.attachment().name())) {
                    properties.merge("device", Devices.described(device), (a, b) -> a + ", " + b);
                }
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not list its devices", e);
        }
        if (isNvidia(settingsWord(runtime))) {
            first(NVIDIA.resolve("version"), "NVRM version:").forEach(line -> properties.put("driver", line));
            for (Path gpu : children(NVIDIA.resolve("gpus"))) {
                first(gpu.resolve("information"), "Model:")
                        .forEach(model -> properties.merge("gpu", model, (a, b) -> a + ", " + b));
            }
        }
    }

    /**
     * Ways of calculating less precisely that are in effect. CPU: Gemm of float16 adds up in float16 (seen with 1.29 on x86-64);
     * MatMul and Conv go through float32. CUDA: {@code use_tf32} is 1 by default (cuda_execution_provider_info.h).
     */
    private static void precision(OrtSettings settings, SortedMap<String, String> properties) {
        String word = settings.provider().word();
        if (word.equals("cpu")) {
            properties.put(Sut.PRECISION_MODES, PrecisionMode.FLOAT16_ACCUMULATOR.word());
        } else if (word.equals("cuda")) {
            String told = settings.own().getOrDefault("use_tf32", "");
            String forbidden = System.getenv().getOrDefault(NO_TF32, "");
            boolean on = !List.of("0", "false", "False").contains(told) && !forbidden.equals("0");
            properties.put("provider.use_tf32", told.isEmpty() ? "1 (the vendor's default)" : told);
            if (!forbidden.isEmpty()) {
                properties.put(NO_TF32, forbidden);
            }
            properties.put(Sut.PRECISION_MODES, on ? PrecisionMode.TF32.word() : "");
        }
    }

    private static String settingsWord(OrtRuntime runtime) {
        return runtime.settings().provider().word();
    }

    private static boolean isNvidia(String word) {
        return word.equals("cuda") || word.equals("tensorrt");
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** What stands behind a label in the first line that has it; none where the file cannot be read. */
    private static List<String> first(Path file, String label) {
        try {
            return !Files.isReadable(file)
                    ? List.of()
                    : Files.readAllLines(file).stream()
                            .filter(line -> line.startsWith(label))
                            .map(line -> line.substring(label.length()).strip())
                            .limit(1)
                            .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
