package org.aiis.reference.serving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;

/**
 * Models in a folder: {@code DIR/MODEL/VERSION/model.onnx}, or one exported model, {@code DIR/model.onnx} or a file, which is
 * version 1 of a model of the name of the folder or file.
 */
public final class ModelFolder {
    private static final String FILE = "model.onnx";
    private static final String SUFFIX = ".onnx";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

    /** Largest model: what one array holds. */
    private static final long LARGEST = Integer.MAX_VALUE - 8;

    private ModelFolder() {}

    /** Model name to version to file. */
    public static SortedMap<String, SortedMap<String, Path>> find(Path place) {
        try {
            if (Files.isRegularFile(place)) {
                return one(stem(place), place);
            }
            if (!Files.isDirectory(place)) {
                throw InputException.of(
                        place + ": is not there", "give a folder MODEL/VERSION/" + FILE + ", or an exported model");
            }
            if (Files.isRegularFile(place.resolve(FILE))) {
                return one(stem(place.toAbsolutePath().normalize()), place.resolve(FILE));
            }
            SortedMap<String, SortedMap<String, Path>> found = new TreeMap<>();
            for (Path model : folders(place)) {
                SortedMap<String, Path> versions = new TreeMap<>();
                for (Path version : folders(model)) {
                    if (VERSION.matcher(last(version)).matches() && Files.isRegularFile(version.resolve(FILE))) {
                        versions.put(last(version), version.resolve(FILE));
                    }
                }
                if (!versions.isEmpty()) {
                    found.put(checked(last(model)), versions);
                }
            }
            if (found.isEmpty()) {
                throw InputException.at(
                        place.toString(),
                        0,
                        "MODEL/VERSION/" + FILE + " with versions 1, 2, …, or " + FILE,
                        "no such file in it");
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(place + " is not to be read", e);
        }
    }

    /** Reads a model file. */
    public static Bytes read(Path file) {
        try {
            long size = Files.size(file);
            if (size > LARGEST) {
                throw InputException.of(file + ": " + size + " bytes", "models of at most " + LARGEST + " are served");
            }
            return Bytes.own(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not to be read", e);
        }
    }

    private static SortedMap<String, SortedMap<String, Path>> one(String name, Path file) {
        return new TreeMap<>(java.util.Map.of(checked(name), new TreeMap<>(java.util.Map.of("1", file))));
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw InputException.at(
                    "model " + Quoted.of(name),
                    0,
                    "a name of letters, digits, dots, dashes and underscores",
                    "another");
        }
        return name;
    }

    private static List<Path> folders(Path place) throws IOException {
        try (Stream<Path> children = Files.list(place)) {
            return new ArrayList<>(children.filter(Files::isDirectory).sorted().toList());
        }
    }

    private static String stem(Path file) {
        String name = last(file);
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    private static String last(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }
}
