package org.aiis.conformance.backend.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.aiis.reference.onnx.ExternalTensors;
import org.aiis.reference.onnx.FilePart;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;

/** A model in a file, and the files beside it, which the suite has put there under plain names. */
record FileBeside(Bytes model, ExternalTensors.Files files) {
    /** @throws Oracle.Refusal when there is no such file */
    static FileBeside of(Path path) {
        Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent());
        try {
            return new FileBeside(Bytes.own(Files.readAllBytes(path)), (tensor, place) -> {
                if (FolderModel.leadsOut(place)) {
                    throw ExternalTensors.refused(
                            tensor, "'" + place.location() + "' leads out of the folder of the model");
                }
                return FilePart.read(tensor, folder.resolve(place.location()), place);
            });
        } catch (IOException e) {
            throw new Oracle.Refusal(true, "the model cannot be read: " + e.getMessage());
        }
    }
}
