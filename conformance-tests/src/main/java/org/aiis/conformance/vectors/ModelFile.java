package org.aiis.conformance.vectors;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Stimulus;

/**
 * A model that somebody brings, with what its files beside it hold put into it, and the inputs of a folder in ONNX's test-data
 * layout. Only tensors cross, so a model that takes a sequence or an optional is refused.
 *
 * @param notes what the file says that ONNX does not allow and everybody takes, and how it was read
 */
public record ModelFile(ModelProto model, List<String> notes) {
    public ModelFile {
        notes = List.copyOf(notes);
    }

    /** A model of which there is nothing to say. */
    public ModelFile(ModelProto model) {
        this(model, List.of());
    }

    /**
     * Reads a model.
     *
     * @throws InputException when it is none, or a file beside it is missing, too large or elsewhere
     */
    public static ModelFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw InputException.of(file + ": no such file", "give an ONNX model");
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        Room room = Room.ofModel();
        try {
            Bytes bytes = Bytes.own(VectorFolder.read(file, room.most()));
            room.take(bytes.size());
            ModelProto model =
                    new ExternalData(folder == null ? Path.of("/") : folder, room).inlined(Models.parse(bytes));
            if (model.getGraph().getNodeCount() == 0) {
                throw InputException.of(file + ": a graph without a node", "give an ONNX model");
            }
            return OddExtents.mended(model);
        } catch (Oracle.Refusal refused) {
            throw InputException.of(file + ": " + refused.getMessage(), "give an ONNX model");
        }
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
