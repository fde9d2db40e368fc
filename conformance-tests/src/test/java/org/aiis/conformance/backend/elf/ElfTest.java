package org.aiis.conformance.backend.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.aiis.conformance.backend.elf.HookLibrary.Call;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading and writing shared libraries, with one of our own and with ONNX Runtime's Java binding. */
class ElfTest {
    private static final Call CALL = new Call(23, 205, 206, 204, 208);
    private static final SortedMap<String, String> OPTIONS = new TreeMap<>(Map.of("device_id", "1", "é", ""));
    private static final String HERE = System.getProperty("os.arch", "");

    @TempDir
    private Path folder = Path.of("");

    /** The system's loader is the judge of headers, tables and relocations. */
    @Test
    void theHookIsALibraryThatLoads() throws IOException {
        assumeTrue(HookLibrary.isOffered(), "there is no code for this machine");
        Path file = written(HookLibrary.of(CALL, OPTIONS).orElseThrow());

        assertThatCode(() -> System.load(file.toString())).doesNotThrowAnyException();
        assertThatCode(() -> SharedLibrary.demand(file, HERE)).doesNotThrowAnyException();
        assertThat(SharedLibrary.read(file).needed()).isEmpty();
        assertThat(SharedLibrary.read(file).soname()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "aarch64"})
    void theHookOfEachProcessorHoldsItsOptions(String arch) {
        Bytes hook = HookLibrary.written(HookCode.of(arch).orElseThrow(), CALL, OPTIONS);

        assertThat(new String(hook.toArray(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("RegisterCustomOps\0", "device_id\0é\0" + "1\0\0");
    }

    @Test
    void aLibraryForAnotherProcessorIsRefused() throws IOException {
        Path arm = written(HookLibrary.written(HookCode.of("aarch64").orElseThrow(), CALL, OPTIONS));
        Path intel = written(HookLibrary.written(HookCode.of("amd64").orElseThrow(), CALL, OPTIONS));

        refuses(() -> SharedLibrary.demand(arm, "amd64"), "a library for amd64", "one for aarch64");
        refuses(() -> SharedLibrary.demand(intel, "aarch64"), "a library for aarch64", "one for amd64");
        byte[] risc = Files.readAllBytes(intel);
        risc[18] = (byte) 243;
        refuses(() -> SharedLibrary.demand(written(Bytes.own(risc)), "amd64"), "number 243 in ELF");
    }

    @Test
    void aFileThatIsNoLibraryIsRefused() throws IOException {
        Path text =
                written(Bytes.own("not a library\n".repeat(40).getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        byte[] narrow = HookLibrary.written(HookCode.of("amd64").orElseThrow(), CALL, OPTIONS)
                .toArray();
        narrow[4] = 1;

        refuses(() -> SharedLibrary.read(text), text.toString(), "a 64-bit shared library of Linux (ELF)");
        refuses(() -> SharedLibrary.read(written(Bytes.own(narrow))), "a 64-bit shared library of Linux (ELF)");
        refuses(() -> SharedLibrary.read(written(Bytes.own(new byte[0]))), "a 64-bit shared library of Linux (ELF)");
        refuses(() -> SharedLibrary.read(folder.resolve("nowhere.so")), "cannot be read");
    }

    /** Whatever bytes a file has: it is read, or refused in a sentence. Nothing else comes out, and it comes out at once. */
    @Test
    void aDamagedLibraryIsReadOrRefused() throws IOException {
        byte[] binding = binding();
        SplittableRandom random = new SplittableRandom(20_261_127);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] damaged =
                    i % 3 == 0 ? java.util.Arrays.copyOf(binding, random.nextInt(binding.length)) : binding.clone();
            for (int flips = random.nextInt(8); i % 3 != 0 && flips >= 0; flips--) {
                int header = random.nextInt(1024);
                damaged[header] = (byte) random.nextInt();
            }
            try {
                SharedLibrary library = SharedLibrary.of(ByteBuffer.wrap(damaged), "damaged");
                assertThat(library.needed()).hasSizeLessThan(10_001);
                library.soname();
                Unversioned.copy(Bytes.own(damaged), "libonnxruntime.so.1");
            } catch (InputException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(500, 2999);
    }

    @Test
    void theBindingAsksForItsCoreByName() throws IOException {
        SharedLibrary binding = SharedLibrary.of(ByteBuffer.wrap(binding()), "binding");

        assertThat(binding.needed()).contains("libonnxruntime.so.1");
    }

    /** LSB 5.0: in the list of versions needed the flag of a weak one is 2, and 1 in the table of symbols stands for any. */
    @Test
    void theCopyAsksForAnyVersionOfOneLibraryAndIsElseTheSame() throws IOException {
        byte[] binding = binding();
        byte[] copy = Unversioned.copy(Bytes.own(binding.clone()), "libonnxruntime.so.1")
                .toArray();

        assertThat(copy).hasSameSizeAs(binding);
        assertThat(flags(copy, "libonnxruntime.so.1")).isEqualTo(List.of(2));
        assertThat(flags(binding, "libonnxruntime.so.1")).isEqualTo(List.of(0));
        assertThat(flags(copy, "libc.so.6")).isEqualTo(flags(binding, "libc.so.6"));
        assertThat(differences(binding, copy)).isBetween(2, 64);
        assertThat(Unversioned.copy(Bytes.own(binding.clone()), "libother.so.1").toArray())
                .isEqualTo(binding);
    }

    private static int differences(byte[] a, byte[] b) {
        int differences = 0;
        for (int i = 0; i < a.length; i++) {
            differences += a[i] == b[i] ? 0 : 1;
        }
        return differences;
    }

    /** Of each version that is needed of a library, read along the list. */
    private static List<Integer> flags(byte[] library, String of) {
        ByteBuffer file = ByteBuffer.wrap(library).order(ByteOrder.LITTLE_ENDIAN);
        SharedLibrary read = SharedLibrary.of(file, of);
        int need = read.offset(read.value(SharedLibrary.VERNEED).orElseThrow());
        for (; !read.string(file.getInt(need + 4)).equals(of); need += file.getInt(need + 12)) {
            assertThat(file.getInt(need + 12)).isPositive();
        }
        List<Integer> flags = new java.util.ArrayList<>();
        int entry = need + file.getInt(need + 8);
        for (int i = 0; i < file.getShort(need + 2); i++, entry += file.getInt(entry + 12)) {
            flags.add((int) file.getShort(entry + 4));
        }
        return flags;
    }

    /** ONNX Runtime's Java binding for Linux, from its jar: the same bytes on every machine. */
    private static byte[] binding() throws IOException {
        try (var in = ai.onnxruntime.OrtEnvironment.class.getResourceAsStream(
                "/ai/onnxruntime/native/linux-x64/libonnxruntime4j_jni.so")) {
            return java.util.Objects.requireNonNull(in, "in ONNX Runtime's jar").readAllBytes();
        }
    }

    private Path written(Bytes library) throws IOException {
        return Files.write(Files.createTempFile(folder, "lib", ".so"), library.toArray());
    }

    private static void refuses(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading, String... told) {
        assertThatThrownBy(reading).isInstanceOf(InputException.class).hasMessageContainingAll(told);
    }
}
