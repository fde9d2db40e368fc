package org.aiis.conformance.backend.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aiis.conformance.backend.elf.HookLibrary;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.conformance.worker.WorkerSettings;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of ONNX Runtime's backends: what is wrong with one is said in a sentence, before or when the worker starts. */
class OptionsTest {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "plugin, libary, did you mean 'library'?",
        "custom, device, has no option 'device'",
        "cuda, device-id, did you mean 'device_id'?",
        "cpu, library, has no option 'library'",
        "plugin, ep, has no option 'ep'",
        "plugin, provider., has no option 'provider.'"
    })
    void anOptionThatIsNotKnownIsRefused(String provider, String option, String told) {
        refuses(() -> settings(provider, Map.of(option, "x")), told);
    }

    @Test
    void optionsGoWhereTheyBelong() {
        OrtSettings settings = settings(
                "plugin",
                Map.of(
                        "library",
                        "/opt/libx.so",
                        "device",
                        "gpu",
                        "provider.speed",
                        "full",
                        "session.x",
                        "1",
                        "fallback",
                        "off"));

        assertThat(settings.route()).isEqualTo(Map.of("library", "/opt/libx.so", "device", "gpu"));
        assertThat(settings.own()).isEqualTo(Map.of("speed", "full"));
        assertThat(settings.entries()).isEqualTo(Map.of("session.x", "1", "session.disable_cpu_ep_fallback", "1"));
        assertThat(settings.withFallback()).isEqualTo(Map.of("session.x", "1"));
    }

    @ParameterizedTest
    @CsvSource({
        "fallback, maybe, on or off",
        "intra-op-threads, 0, from 1 to 9999",
        "intra-op-threads, -1, from 1 to 9999",
        "intra-op-threads, 99999999999, from 1 to 9999",
        "optimization-level, most, no level 'most'"
    })
    void aValueThatIsNoneIsRefused(String option, String value, String told) {
        refuses(() -> settings("cpu", Map.of(option, value)), told);
    }

    /** Workers run in folders of their own, so a path that leads from somewhere leads nowhere. */
    @ParameterizedTest
    @ValueSource(strings = {"", "lib", "../lib", "./libonnxruntime.so", "/opt/\0/lib"})
    void aPathThatIsNotAbsoluteIsRefused(String path) {
        refuses(() -> settings("cpu", Map.of("library-path", path)), "option library-path", "an absolute path");
    }

    @Test
    void aCoreThatIsNotThereIsRefused() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path two = Files.createDirectory(folder.resolve("two"));
        Files.createFile(two.resolve("libonnxruntime.so.1.30.0"));
        Files.createFile(two.resolve("libonnxruntime.so.1.31.0"));

        refuses(() -> VendorCore.find(folder.resolve("nowhere")), "nowhere", "not there");
        refuses(() -> VendorCore.find(empty), "one libonnxruntime.so", "none");
        refuses(() -> VendorCore.find(two), "one libonnxruntime.so", "1.30.0", "1.31.0");
    }

    @Test
    void aCoreThatIsNoLibraryIsRefused() throws IOException {
        assumeTrue(HookLibrary.isOffered(), "libraries are looked into on Linux alone");
        Path text = SampleProvider.text(folder, "libonnxruntime.so");

        refuses(() -> VendorCore.load(text, NativeLibraries.cached()), text + "", "a 64-bit shared library");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plugin", "custom"})
    void aLibraryOfAVendorThatCannotBeOneIsRefused(String provider) throws IOException {
        assumeTrue(HookLibrary.isOffered(), "libraries are looked into on Linux alone");
        Path text = SampleProvider.text(folder, "libtext.so");
        Path other = other(folder.resolve("libother.so"));

        refuses(() -> Attachment.library(settings(provider, Map.of())), provider + " without option library");
        refuses(() -> library(provider, "libx.so"), "option library", "an absolute path");
        refuses(() -> library(provider, "../libx.so"), "option library", "an absolute path");
        refuses(() -> library(provider, "/tmp/\0.so"), "option library", "an absolute path", "%00");
        refuses(() -> library(provider, folder.resolve("nowhere.so") + ""), "nowhere.so': no such file");
        refuses(() -> library(provider, folder + ""), "no such file");
        refuses(() -> library(provider, text + ""), text + "", "a 64-bit shared library");
        refuses(() -> library(provider, other + ""), other + "", "one for");
    }

    private static Path library(String provider, String path) {
        return Attachment.library(settings(provider, Map.of("library", path)));
    }

    /** A library that loads, and has not the functions of a plug-in. */
    @Test
    void aLibraryThatIsNoPlugInIsRefused() throws IOException {
        assumeTrue(HookLibrary.isOffered(), "there is no code for this machine");
        Path hook = Files.write(
                folder.resolve("libhook.so"),
                HookLibrary.of(new HookLibrary.Call(23, 0, 0, 275, 0), new TreeMap<>())
                        .orElseThrow()
                        .toArray());

        refuses(
                () -> start("ort:plugin", Map.of("library", hook + "")),
                "libhook.so does not load as a plug-in execution provider");
        refuses(() -> start("ort:custom", Map.of("library", hook + "")), "ort:custom without option name");
    }

    /**
     * A build whose symbols are of another version, as one of another release is: without the loosened copy of the binding
     * Linux's loader refuses it. Made from the one at hand by another name of that version.
     */
    @Test
    void aCoreOfAnotherVersionIsLoadedInPlace() throws IOException {
        assumeTrue(HookLibrary.isOffered(), "symbols have versions on Linux alone");
        Path jar = NativeLibraries.cached();
        byte[] core = Files.readAllBytes(jar.resolve("libonnxruntime.so"));
        String version = version(core);
        String other = version.replaceFirst("\\.[0-9]", ".9");
        assertThat(replaced(core, "VERS_" + version + "\0", "VERS_" + other + "\0"))
                .isPositive();
        Files.write(folder.resolve("libonnxruntime.so.1"), core);

        try (WorkerPool pool = start("ort:cpu", Map.of("library-path", folder.toString()))) {
            assertThat(pool.sut().properties()).containsEntry("library-path", folder.toString());
            assertThat(pool.sut().libraries())
                    .containsKey("libonnxruntime4j_jni.so as in the jar, before its symbol versions were loosened");
            assertThat(pool.observe(addition()))
                    .isInstanceOfSatisfying(Observation.Outputs.class, outputs -> assertThat(
                                    outputs.values().get("y").tensor())
                            .isEqualTo(Tensor.ofFloats(Shape.of(2), 3, -4)));
        }
    }

    private static Stimulus addition() {
        return new Stimulus.ModelRun(
                new ModelBuilder(17)
                        .input("x", ElementType.FLOAT32, 2)
                        .output("y", ElementType.FLOAT32, 2)
                        .node("Add", List.of("x", "x"), List.of("y"))
                        .build(),
                Map.of("x", Tensor.ofFloats(Shape.of(2), 1.5f, -2)));
    }

    /** A library for the other one of the two kinds of processor. */
    private static Path other(Path file) throws IOException {
        byte[] bytes = HookLibrary.of(new HookLibrary.Call(23, 0, 0, 275, 0), new TreeMap<>())
                .orElseThrow()
                .toArray();
        bytes[18] = (byte) (bytes[18] == 62 ? 183 : 62);
        return Files.write(file, bytes);
    }

    /** {@code 1.29.0} of {@code VERS_1.29.0}, by which the symbols go. */
    private static String version(byte[] core) {
        var found = java.util.regex.Pattern.compile("VERS_([0-9]+\\.[0-9]+\\.[0-9]+)\0")
                .matcher(new String(core, StandardCharsets.ISO_8859_1));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static int replaced(byte[] in, String from, String to) {
        byte[] old = from.getBytes(StandardCharsets.US_ASCII);
        byte[] fresh = to.getBytes(StandardCharsets.US_ASCII);
        int count = 0;
        for (int i = 0; i + old.length <= in.length; i++) {
            if (java.util.Arrays.equals(in, i, i + old.length, old, 0, old.length)) {
                System.arraycopy(fresh, 0, in, i, fresh.length);
                count++;
            }
        }
        return count;
    }

    private static OrtSettings settings(String provider, Map<String, String> options) {
        return OrtSettings.of(Providers.named(provider), new TreeMap<>(options));
    }

    private static WorkerPool start(String backend, Map<String, String> options) {
        return WorkerPool.start(WorkerSettings.of(backend).withOptions(new TreeMap<>(options)));
    }

    private static void refuses(ThrowingCallable what, String... told) {
        assertThatThrownBy(what).isInstanceOf(InputException.class).hasMessageContainingAll(told);
    }
}
