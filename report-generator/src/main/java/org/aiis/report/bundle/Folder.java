package org.aiis.report.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;

/**
 * The files of a bundle folder, found without following a link. Every name is plain, every size bounded, nothing but
 * regular files of known paths is accepted; what is not is kept as a trouble with its file.
 */
public final class Folder {
    /** Largest evidence.jsonl: 2 GiB; the core bundle stays under 50 MB. */
    private static final long LARGEST_EVIDENCE = 2L << 30;

    /** Most files: a view a case, and room. */
    private static final int MOST_FILES = 500_000;

    /** views/reproductions/CASE/before/1/valid/test_data_set_0/input_0.pb. */
    private static final int DEEPEST = 8;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

    private final Path root;
    private final SortedMap<String, Long> sizes;
    private final List<Trouble> troubles;

    private Folder(Path root, SortedMap<String, Long> sizes, List<Trouble> troubles) {
        this.root = root;
        this.sizes = Collections.unmodifiableSortedMap(sizes);
        this.troubles = List.copyOf(troubles);
    }

    /** What is wrong with a file of a bundle. */
    public record Trouble(String file, String reason) {
        @Override
        public String toString() {
            return file + ": " + reason;
        }
    }

    /** Lists a folder; files that a bundle may not hold become troubles. */
    public static Folder scan(Path folder) {
        SortedMap<String, Long> sizes = new TreeMap<>();
        List<Trouble> troubles = new ArrayList<>();
        if (!Files.exists(folder)) {
            throw InputException.of(folder + ": no such folder", "a bundle is a folder with a manifest.json");
        }
        try {
            Path root = folder.toRealPath();
            if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
                throw InputException.of(folder + ": not a folder", "a bundle is a folder with a manifest.json");
            }
            Files.walkFileTree(root, Set.of(), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String path = relative(root, file);
                    complaint(path, attributes).ifPresent(reason -> troubles.add(new Trouble(path, reason)));
                    sizes.put(path, attributes.size());
                    return sizes.size() > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }
            });
            if (sizes.size() > MOST_FILES) {
                throw InputException.of(folder + ": more than " + MOST_FILES + " files", "this is no bundle");
            }
            return new Folder(root, sizes, troubles);
        } catch (IOException e) {
            throw InputException.because(folder + ": cannot be read as a bundle", e);
        }
    }

    private static java.util.Optional<String> complaint(String path, BasicFileAttributes attributes) {
        if (!attributes.isRegularFile()) {
            return java.util.Optional.of("not a regular file: a bundle holds no links, devices or deeper folders");
        }
        for (String name : path.split("/", -1)) {
            if (!NAME.matcher(name).matches()) {
                return java.util.Optional.of("a name of letters, digits, '.', '_' and '-' is expected");
            }
        }
        if (!Layout.allowed(path)) {
            return java.util.Optional.of("a bundle holds no such file");
        }
        return attributes.size() > limit(path)
                ? java.util.Optional.of("larger than " + (limit(path) >> 20) + " MiB")
                : java.util.Optional.empty();
    }

    private static long limit(String path) {
        return path.equals(Layout.EVIDENCE) ? LARGEST_EVIDENCE : Codec.LARGEST_FILE;
    }

    private static String relative(Path root, Path file) {
        return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    /** Path to size in bytes, sorted. */
    public SortedMap<String, Long> sizes() {
        return sizes;
    }

    public List<Trouble> troubles() {
        return troubles;
    }

    public boolean has(String path) {
        return sizes.containsKey(path);
    }

    Path root() {
        return root;
    }

    /** Opens a listed file. */
    public InputStream open(String path) throws IOException {
        if (!has(path)) {
            throw InputException.of(path + ": missing", "a bundle holds it");
        }
        return Files.newInputStream(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** All bytes of a listed file other than the evidence, refused when larger than {@link Codec#LARGEST_FILE}. */
    public byte[] bytes(String path) {
        try (InputStream in = open(path)) {
            byte[] content = in.readNBytes((int) Codec.LARGEST_FILE + 1);
            if (content.length > Codec.LARGEST_FILE) {
                throw InputException.of(path + ": larger than " + (Codec.LARGEST_FILE >> 20) + " MiB", "");
            }
            return content;
        } catch (IOException e) {
            throw InputException.because(path + ": cannot be read", e);
        }
    }

    public String text(String path) {
        return utf8(bytes(path), path);
    }

    /** Strict UTF-8, so that a text has one spelling in bytes. */
    static String utf8(byte[] content, String origin) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw InputException.because(origin + ": not UTF-8", e);
        }
    }

    /** SHA-256 of a listed file, read as a stream. */
    public String sha256(String path) {
        try (InputStream in = open(path)) {
            java.security.MessageDigest sha = Bytes.newSha256();
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (IOException e) {
            throw InputException.because(path + ": cannot be read", e);
        }
    }
}
