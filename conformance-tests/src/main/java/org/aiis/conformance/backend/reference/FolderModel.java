package org.aiis.conformance.backend.reference;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.Objects;
import org.aiis.reference.onnx.ExternalTensors;
import org.aiis.reference.onnx.ExternalTensors.Place;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.Step;

/** A model whose tensors lie in files beside it, made into one that holds them. Nothing is written: the files are in the step. */
public final class FolderModel {
    private FolderModel() {}

    /**
     * The model with its tensors inside.
     *
     * @throws Oracle.Refusal where a tensor names what is outside the folder of the model or outside its file
     */
    public static Bytes inlined(Step.LoadFolder step) {
        return inlined(step, (tensor, place) -> read(step, tensor, place));
    }

    /** The model with its tensors as this reading of the files has them. */
    public static Bytes inlined(Step.LoadFolder step, ExternalTensors.Files files) {
        try {
            return Bytes.own(
                    ExternalTensors.inlined(Models.parse(step.bytes()), files).toByteArray());
        } catch (InputException e) {
            throw new Oracle.Refusal(true, String.valueOf(e.getMessage()));
        }
    }

    private static ByteString read(Step.LoadFolder step, String tensor, Place place) {
        if (leadsOut(place)) {
            throw ExternalTensors.refused(tensor, "'" + place.location() + "' leads out of the folder of the model");
        }
        return part(step, tensor, place);
    }

    /** Whether a location, relative to the folder of the model, names something outside it. */
    public static boolean leadsOut(Place place) {
        return Path.of(place.location()).isAbsolute()
                || Path.of(place.location()).normalize().startsWith("..");
    }

    /** The bytes at a place, wherever among the files of the step it leads. */
    public static ByteString part(Step.LoadFolder step, String tensor, Place place) {
        Bytes content = content(step, tensor, place.location());
        long left = content.size() - place.offset();
        if (left < 0 || place.length().orElse(left) > left) {
            throw ExternalTensors.refused(tensor, place + " lies outside the file");
        }
        return ByteString.copyFrom(
                content.toArray(), (int) place.offset(), (int) place.length().orElse(left));
    }

    /** The file of the step that a location leads to, seen from the folder of the model. */
    public static Bytes content(Step.LoadFolder step, String tensor, String location) {
        Path folder = Objects.requireNonNull(Path.of("/", step.path()).getParent());
        Path file = folder.resolve(location).normalize();
        Bytes content = step.files().get(Path.of("/").relativize(file).toString());
        if (content == null) {
            throw ExternalTensors.refused(tensor, "'" + location + "' is no file beside the model");
        }
        return content;
    }
}
