package org.aiis.conformance.vectors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;

/**
 * A folder in ONNX's backend-test layout: {@code <case>/model.onnx} and {@code <case>/test_data_set_<n>/} with
 * {@code input_<i>.pb} and {@code output_<i>.pb}; or one such case. Nothing is read through a link, sizes and counts are
 * bounded.
 *
 * @param digest SHA-256 over path and digest of every file of its cases: evidence names it
 */
public record VectorFolder(Path root, List<Vectors> cases, String digest) {
    /** Of a file, and of a tensor's data outside the model. */
    static final int LARGEST_FILE = 128 << 20;

    static final String MODEL = "model.onnx";
    private static final int MOST_CASES = 20_000;
    private static final int MOST_FILES = 20_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");
    private static final Pattern SET = Pattern.compile("test_data_set_(\\d{1,6})");

    public VectorFolder {
        cases = List.copyOf(cases);
    }

    /** A case: its name, its folder, and the numbers of its data sets with their folders. */
    public record Vectors(String name, Path folder, SortedMap<Integer, Path> sets) {
        public Vectors {
            sets = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(sets));
        }
    }

    /**
     * Lists a folder and takes its digest.
     *
     * @throws InputException when it is none, or holds no case
     */
    public static VectorFolder scan(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw InputException.of(folder + ": no such folder", "give a folder of vectors: <case>/model.onnx");
        }
        try {
            Path root = folder.toRealPath();
            List<Path> folders = isCase(root) ? List.of(root) : children(root);
            List<Vectors> cases = new ArrayList<>();
            StringBuilder digests = new StringBuilder();
            for (Path at : folders) {
                String name =
                        at.getFileName() == null ? "model" : at.getFileName().toString();
                if (!NAME.matcher(name).matches()) {
                    throw InputException.of(
                            folder + ": a case of the name '" + name + "'",
                            "a name of at most 200 letters, digits, '.', '_' and '-' is expected");
                }
                cases.add(new Vectors(name, at, sets(at)));
                digest(root, at, digests);
            }
            if (cases.isEmpty()) {
                throw InputException.of(
                        folder + ": no case, which is a folder with a " + MODEL,
                        "give the folder that holds the cases");
            }
            return new VectorFolder(root, cases, Bytes.sha256(digests.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw InputException.because(folder + ": cannot be read", e);
        }
    }

    private static boolean isCase(Path folder) {
        return Files.isRegularFile(folder.resolve(MODEL), LinkOption.NOFOLLOW_LINKS);
    }

    private static List<Path> children(Path root) throws IOException {
        try (Stream<Path> children = Files.list(root)) {
            List<Path> cases = children.filter(c -> Files.isDirectory(c, LinkOption.NOFOLLOW_LINKS))
                    .filter(VectorFolder::isCase)
                    .sorted()
                    .limit(MOST_CASES + 1)
                    .toList();
            if (cases.size() > MOST_CASES) {
                throw InputException.of(root + ": more than " + MOST_CASES + " cases", "run them in parts");
            }
            return cases;
        }
    }

    private static SortedMap<Integer, Path> sets(Path folder) throws IOException {
        SortedMap<Integer, Path> sets = new TreeMap<>();
        try (Stream<Path> children = Files.list(folder)) {
            children.filter(c -> Files.isDirectory(c, LinkOption.NOFOLLOW_LINKS))
                    .forEach(c -> {
                        Matcher set = SET.matcher(c.getFileName().toString());
                        if (set.matches()) {
                            sets.put(Integer.valueOf(set.group(1)), c);
                        }
                    });
        }
        return sets;
    }

    private static void digest(Path root, Path folder, StringBuilder digests) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        Files.walkFileTree(folder, Set.of(), 4, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.put(root.relativize(file).toString().replace('\\', '/'), file);
                }
                return files.size() > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        });
        if (files.size() > MOST_FILES) {
            throw InputException.of(folder + ": more than " + MOST_FILES + " files", "this is no case");
        }
        for (var file : files.entrySet()) {
            digests.append(file.getKey())
                    .append(' ')
                    .append(sha256(file.getValue()))
                    .append('\n');
        }
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest sha = Bytes.newSha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    /** All bytes of a file, no link followed, refused when larger than {@link #LARGEST_FILE}. */
    static byte[] read(Path file) {
        return read(file, LARGEST_FILE);
    }

    /** All bytes of a file, no link followed, refused when it is larger. */
    static byte[] read(Path file, int largest) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw InputException.of(file.getFileName() + ": no such file", "");
            }
            if (Files.size(file) > largest) {
                throw InputException.of(file.getFileName() + ": larger than " + (largest >> 20) + " MiB", "");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw InputException.because(file + ": cannot be read", e);
        }
    }
}
