package org.aiis.conformance.vectors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Tensor;

/**
 * The inputs that somebody brings for a model: a folder in ONNX's test-data layout (a data set, or a case with several), a
 * folder of {@code NAME.npy}, one {@code .npz}, or one {@code .npy} for a model of one input. Nothing is read through a link.
 */
public final class InputFiles {
    private static final String NPY = ".npy";
    private static final int MOST_ENTRIES = 10_000;

    private final ModelFile model;

    private InputFiles(ModelFile model) {
        this.model = model;
    }

    /**
     * The data sets, by name, each with a tensor for each input of the graph.
     *
     * @throws InputException when there is none, or one does not fit, naming the input
     */
    public static SortedMap<String, SortedMap<String, Tensor>> read(ModelFile model, Path from) {
        SortedMap<String, SortedMap<String, Tensor>> sets = new InputFiles(model).read(from);
        sets.values().forEach(model::fitting);
        return sets;
    }

    private SortedMap<String, SortedMap<String, Tensor>> read(Path from) {
        String name = from.getFileName() == null ? "" : from.getFileName().toString();
        if (Files.isDirectory(from)) {
            return folder(from, name);
        }
        if (!Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
            throw InputException.of(
                    from + ": no such file or folder", "give a folder, a .npy or .npz file, or the word random");
        }
        if (name.endsWith(".npz")) {
            return one(name, archive(from));
        }
        if (name.endsWith(NPY)) {
            List<ValueInfoProto> fed = model.fed();
            if (fed.size() != 1) {
                throw InputException.of(
                        name + " is one array, and the model takes " + fed.size() + " inputs",
                        "give a .npz, or a folder with NAME.npy for each input");
            }
            return one(name, single(fed.get(0).getName(), NumpyArray.read(name, file(from, new Room()))));
        }
        throw InputException.of(name + " is neither .npy nor .npz", "give one of them, or a folder");
    }

    private SortedMap<String, SortedMap<String, Tensor>> folder(Path from, String name) {
        SortedMap<String, SortedMap<String, Tensor>> sets = new TreeMap<>();
        try (Stream<Path> children = Files.list(from)) {
            children.filter(c -> Files.isDirectory(c, LinkOption.NOFOLLOW_LINKS)
                            && c.getFileName().toString().matches("test_data_set_\\d{1,6}"))
                    .sorted()
                    .limit(MOST_ENTRIES)
                    .forEach(c -> sets.put(c.getFileName().toString(), model.inputs(c)));
        } catch (IOException e) {
            throw InputException.because(from + ": cannot be read", e);
        }
        if (!sets.isEmpty()) {
            return sets;
        }
        boolean arrays = model.fed().stream()
                .anyMatch(i -> Files.isRegularFile(array(from, i.getName()), LinkOption.NOFOLLOW_LINKS));
        return one(name, arrays ? arrays(from) : model.inputs(from));
    }

    /** The file of an input; a name that leads out of the folder stands for none. */
    private static Path array(Path folder, String input) {
        return folder.resolve(input.replaceAll("[^A-Za-z0-9._-]", "_") + NPY);
    }

    private SortedMap<String, Tensor> arrays(Path from) {
        Room room = new Room();
        SortedMap<String, Tensor> inputs = new TreeMap<>();
        for (ValueInfoProto info : model.fed()) {
            Path file = array(from, info.getName());
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw missing(info.getName(), file.toString());
            }
            inputs.put(info.getName(), NumpyArray.read(file.getFileName().toString(), file(file, room)));
        }
        return inputs;
    }

    private SortedMap<String, Tensor> archive(Path from) {
        Room room = new Room();
        SortedMap<String, Tensor> inputs = new TreeMap<>();
        try (ZipFile zip = new ZipFile(from.toFile())) {
            if (zip.size() > MOST_ENTRIES) {
                throw InputException.of(from.getFileName() + " has more than " + MOST_ENTRIES + " entries", "");
            }
            for (ValueInfoProto info : model.fed()) {
                ZipEntry entry = zip.getEntry(info.getName() + NPY);
                if (entry == null) {
                    throw missing(info.getName(), from.getFileName() + " as '" + info.getName() + "'");
                }
                try (InputStream in = zip.getInputStream(entry)) {
                    // What an archive says of its sizes is not believed: it may unpack to anything.
                    byte[] content = in.readNBytes(room.most() + 1);
                    room.take(content.length);
                    inputs.put(info.getName(), NumpyArray.read(from.getFileName() + ":" + info.getName(), content));
                }
            }
            return inputs;
        } catch (IOException e) {
            throw InputException.because(from.getFileName() + " is no archive of arrays", e);
        }
    }

    private static byte[] file(Path file, Room room) {
        byte[] content = VectorFolder.read(file);
        room.take(content.length);
        return content;
    }

    private static InputException missing(String input, String where) {
        return InputException.of(
                "input '" + input + "' is missing: not there: " + where, "give an array for each input of the graph");
    }

    private static SortedMap<String, Tensor> single(String name, Tensor tensor) {
        return new TreeMap<>(Collections.singletonMap(name, tensor));
    }

    private static SortedMap<String, SortedMap<String, Tensor>> one(String name, SortedMap<String, Tensor> inputs) {
        return new TreeMap<>(Collections.singletonMap(name, inputs));
    }
}
