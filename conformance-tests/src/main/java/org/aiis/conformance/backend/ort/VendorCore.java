package org.aiis.conformance.backend.ort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.conformance.backend.elf.SharedLibrary;
import org.aiis.conformance.backend.elf.Unversioned;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;

/**
 * A vendor's own build of ONNX Runtime, loaded in place from its own folder, where it looks for its providers' libraries. The
 * Java binding comes from Maven's jar, and asks for the symbols of its own version; so a copy of the binding is loaded that
 * asks for any ({@link Unversioned}). The interface between them is compatible by contract from older to newer.
 */
final class VendorCore {
    private static final String CORE = "onnxruntime";
    private static final String BINDING = "onnxruntime4j_jni";

    /** Keeps which one a process has loaded: it can have one only. */
    private static final String LOADED = "aiis.onnxruntime.core";

    private VendorCore() {}

    /** The file that was meant: itself, or the one in a folder. */
    static Path find(Path given) {
        if (Files.isRegularFile(given)) {
            return given;
        }
        if (!Files.isDirectory(given)) {
            throw InputException.at("option library-path", 0, "a folder or a library", "'" + given + "': not there");
        }
        String plain = System.mapLibraryName(CORE);
        try (Stream<Path> files = Files.list(given)) {
            List<Path> found = files.filter(Files::isRegularFile)
                    .filter(file -> isCore(file.getFileName().toString(), plain))
                    .sorted()
                    .toList();
            return found.stream()
                    .filter(file -> file.getFileName().toString().equals(plain))
                    .findFirst()
                    .or(() -> found.size() == 1 ? found.stream().findFirst() : java.util.Optional.empty())
                    .orElseThrow(() -> InputException.at(
                            "option library-path: " + given,
                            0,
                            "one " + plain + ", with a version behind it or without",
                            found.isEmpty() ? "none" : found.toString()));
        } catch (IOException e) {
            throw InputException.because("option library-path: " + given + " cannot be read", e);
        }
    }

    /** {@code libonnxruntime.so}, {@code libonnxruntime.so.1.31.1}, {@code libonnxruntime.1.31.1.dylib}. */
    private static boolean isCore(String name, String plain) {
        String stem = plain.substring(0, plain.indexOf('.'));
        String end = plain.substring(plain.lastIndexOf('.'));
        return name.equals(plain)
                || name.startsWith(plain + ".")
                || name.startsWith(stem + ".") && name.endsWith(end) && !end.equals(".so");
    }

    /**
     * Loads core and binding, and tells ONNX Runtime's classes that they are there.
     *
     * @param jar folder of the libraries of Maven's jar
     * @return name to SHA-256 of what was loaded; of the binding also of the original
     */
    static SortedMap<String, String> load(Path core, Path jar) throws IOException {
        Path binding = jar.resolve(System.mapLibraryName(BINDING));
        Bytes original = Bytes.own(Files.readAllBytes(binding));
        boolean elf = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        Bytes bound = original;
        if (elf) {
            SharedLibrary.demand(core, System.getProperty("os.arch", ""));
            String soname =
                    SharedLibrary.read(core).soname().orElse(core.getFileName().toString());
            String wanted = SharedLibrary.read(binding).needed().get(0);
            if (!soname.equals(wanted)) {
                throw InputException.at(core.toString(), 0, "a library that calls itself " + wanted, soname);
            }
            bound = Unversioned.copy(original, wanted);
        }
        once(core, bound);
        SortedMap<String, String> digests = new TreeMap<>();
        digests.put(core.getFileName().toString(), Digests.sha256(core));
        digests.put(binding.getFileName().toString(), bound.sha256());
        if (!bound.equals(original)) {
            digests.put(
                    binding.getFileName() + " as in the jar, before its symbol versions were loosened",
                    original.sha256());
        }
        return digests;
    }

    private static void once(Path core, Bytes binding) throws IOException {
        String loaded = System.getProperty(LOADED, "");
        if (loaded.equals(core.toString())) {
            return;
        }
        if (!loaded.isEmpty()) {
            throw InputException.of(
                    "this process has " + loaded + " loaded, and cannot load " + core + " too", "start another one");
        }
        try {
            System.load(core.toString());
        } catch (UnsatisfiedLinkError e) {
            throw InputException.because("option library-path: " + core + " does not load", e);
        }
        Path copy = Files.createTempFile("aiis-", "-" + System.mapLibraryName(BINDING));
        try {
            Files.write(copy, binding.toArray());
            System.load(copy.toString());
        } catch (UnsatisfiedLinkError e) {
            throw InputException.because("the Java binding does not load with " + core, e);
        } finally {
            Files.deleteIfExists(copy);
        }
        System.setProperty(LOADED, core.toString());
        System.setProperty("onnxruntime.native." + CORE + ".skip", "true");
        System.setProperty("onnxruntime.native." + BINDING + ".skip", "true");
    }
}
