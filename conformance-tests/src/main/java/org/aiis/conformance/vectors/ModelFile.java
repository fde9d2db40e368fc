package org.aiis.conformance.vectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.onnx.ExternalTensors;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Stimulus;

/**
 * A model that somebody brings. What its files beside it hold is put into it, but of a large one initializers stay in files. And the inputs
 * of a folder in ONNX's test-data layout: only tensors cross, so a model that takes a sequence or an optional is refused.
 *
 * @param beside the files in which its initializers lie; empty of a model that is whole
 * @param notes what the file says that ONNX does not allow and everybody takes, and how it was read
 */
public record ModelFile(ModelProto model, Optional<Beside> beside, List<String> notes) {
    /** With its data; a larger one stays in files. The suite would hold a few copies of it. */
    private static final int WHOLE = 64 << 20;

    public ModelFile {
        notes = List.copyOf(notes);
    }

    /** A model of which there is nothing to say. */
    public ModelFile(ModelProto model) {
        this(model, Optional.empty(), List.of());
    }

    /**
     * Reads a model.
     *
     * @throws InputException when it is none, or a file beside it is missing, too large or elsewhere
     */
    public static ModelFile read(Path file) {
        return read(file, WHOLE);
    }

    /**
     * The same.
     *
     * @param whole bytes with all data, beyond which initializers stay in files
     */
    public static ModelFile read(Path file, long whole) {
        if (!Files.isRegularFile(file)) {
            throw InputException.of(file + ": no such file", "give an ONNX model");
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        Room room = Room.ofModel();
        ExternalData external = new ExternalData(folder == null ? Path.of("/") : folder, room);
        try {
            LargeFile.Read read = Files.size(file) > whole ? LargeFile.of(file) : small(file);
            ModelProto model = read.model();
            boolean large = !read.parts().isEmpty() || Files.size(file) + outside(model) > whole;
            Optional<Beside> beside = Optional.empty();
            if (large) {
                Beside.Kept kept = Beside.keep(
                        ExternalTensors.withAttributesInlined(model, external), external, file, read.parts(), whole);
                model = kept.model();
                beside = Optional.of(kept.beside());
                room.take(model.getSerializedSize());
            } else {
                model = external.inlined(model);
            }
            if (model.getGraph().getNodeCount() == 0) {
                throw InputException.of(file + ": a graph without a node", "give an ONNX model");
            }
            return OddExtents.mended(new ModelFile(model, beside, List.of()));
        } catch (IOException e) {
            throw InputException.because(file + ": cannot be read", e);
        } catch (Oracle.Refusal refused) {
            throw InputException.of(file + ": " + refused.getMessage(), "give an ONNX model");
        }
    }

    private static LargeFile.Read small(Path file) {
        return new LargeFile.Read(Models.parse(Bytes.own(VectorFolder.read(file, Room.MODEL))), Map.of());
    }

    /** Bytes of the initializers that lie in files, as their shapes have them. */
    private static long outside(ModelProto model) {
        return model.getGraph().getInitializerList().stream()
                .filter(ExternalTensors::outside)
                .mapToLong(TensorProtos::bytesOf)
                .sum();
    }

    /** Where the oracle finds what the model does not hold itself. */
    public ExternalTensors.Files data() {
        return beside.isPresent() ? beside.get() : ExternalTensors.Files.NONE;
    }

    /** Evaluations of it by the oracle for which there is memory side by side. */
    public int evaluationsAtOnce() {
        return beside.map(Beside::evaluationsAtOnce)
                .orElseGet(() -> Runtime.getRuntime().availableProcessors());
    }

    /** SHA-256 of the model, or of it as another shows it, data included. */
    public String sha256(Bytes shown) {
        return beside.map(files -> files.sha256(shown)).orElseGet(shown::sha256);
    }

    /** Graph inputs that are fed: an initializer of the same name is a default. */
    public List<ValueInfoProto> fed() {
        List<String> given = model.getGraph().getInitializerList().stream()
                .map(t -> t.getName())
                .toList();
        return model.getGraph().getInputList().stream()
                .filter(i -> !given.contains(i.getName()))
                .toList();
    }

    /**
     * The inputs of a data set: {@code input_0.pb} and on, in the order of the graph's inputs.
     *
     * @throws InputException when one is missing or is not what the graph takes
     */
    public SortedMap<String, Tensor> inputs(Path folder) {
        Room room = new Room();
        ExternalData external = new ExternalData(folder.toAbsolutePath().normalize(), room);
        SortedMap<String, Tensor> inputs = new TreeMap<>();
        List<ValueInfoProto> infos = fed();
        for (int i = 0; i < infos.size(); i++) {
            String name = "input_" + i + ".pb";
            Path file = folder.resolve(name);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw InputException.of(
                        file + ": not there, and input '" + infos.get(i).getName() + "' needs it",
                        "one file for each input of the graph, in its order");
            }
            byte[] content = VectorFolder.read(file);
            room.take(content.length);
            Datum datum =
                    new DataFile(name, external).read(content, infos.get(i).getType());
            if (!(datum instanceof Datum.Plain plain)) {
                throw InputException.of(
                        "input '" + infos.get(i).getName() + "' is a sequence or an optional",
                        "only tensors cross to a worker; cut the model behind it");
            }
            inputs.put(infos.get(i).getName(), plain.tensor());
        }
        return inputs;
    }

    /** The same inputs, when each is what the graph declares. */
    public SortedMap<String, Tensor> fitting(SortedMap<String, Tensor> inputs) {
        inputs.forEach((name, tensor) -> Fit.check(this, name, tensor));
        return inputs;
    }

    public Stimulus.ModelRun with(Map<String, Tensor> inputs) {
        return new Stimulus.ModelRun(Bytes.own(model.toByteArray()), inputs);
    }
}
