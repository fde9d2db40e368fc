package org.aiis.conformance.vectors;

import static org.aiis.reference.onnx.ExternalTensors.refused;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.TensorProto;
import org.aiis.reference.onnx.ExternalTensors;
import org.aiis.reference.onnx.FilePart;

/** The files that a model keeps tensors in: they lie in its folder, found without following a link. */
record ExternalData(Path folder, Room room) implements ExternalTensors.Files {
    /** A worker is shown bytes and no folder. */
    ModelProto inlined(ModelProto model) {
        return ExternalTensors.inlined(model, this);
    }

    TensorProto inlined(TensorProto tensor) {
        return ExternalTensors.inlined(tensor, this);
    }

    @Override
    public ByteString read(String tensor, ExternalTensors.Place place) {
        String location = place.location();
        try {
            Path file = inside(tensor, location);
            room.take(FilePart.length(tensor, file, place));
            return FilePart.read(tensor, file, place);
        } catch (IOException e) {
            throw refused(tensor, location + " cannot be read");
        }
    }

    /** @throws org.aiis.spec.codec.InputException when it is no plain file in the folder */
    Path inside(String tensor, String location) throws IOException {
        Path file;
        try {
            file = folder.resolve(location).normalize();
        } catch (java.nio.file.InvalidPathException e) {
            throw refused(tensor, "its location is no path");
        }
        boolean plain = !location.isEmpty()
                && file.startsWith(folder)
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && file.toRealPath().startsWith(folder.toRealPath());
        if (!plain) {
            throw refused(tensor, "its location '" + location + "' is no file inside the model's folder");
        }
        return file;
    }
}
