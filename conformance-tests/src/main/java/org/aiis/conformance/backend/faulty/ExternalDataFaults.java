package org.aiis.conformance.backend.faulty;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.aiis.conformance.backend.reference.FolderModel;
import org.aiis.reference.onnx.ExternalTensors;
import org.aiis.reference.onnx.ExternalTensors.Place;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** Faults in reading the files that a model keeps its tensors in. */
final class ExternalDataFaults {
    private ExternalDataFaults() {}

    static List<Fault.Named> all() {
        return List.of(
                new Fault.Named(
                        "external-offset-ignored",
                        "EXCH-EXTERNAL-DATA",
                        "reads external data from the beginning of its file, whatever its offset",
                        () -> reading((files, place) -> FolderModel.part(
                                files, place.location(), new Place(inside(place).location(), 0, place.length())))),
                new Fault.Named(
                        "external-path-followed",
                        "ROB-EXTERNAL-DATA-PATH",
                        "follows the path of external data out of the folder of the model",
                        () -> reading((files, place) -> FolderModel.part(files, place.location(), place))),
                new Fault.Named(
                        "external-path-absolute",
                        "ROB-EXTERNAL-DATA-PATH",
                        "reads external data from anywhere on the machine where its path is absolute",
                        () -> reading(ExternalDataFaults::anywhere)),
                new Fault.Named(
                        "external-end-ignored",
                        "ROB-EXTERNAL-DATA-BOUNDS",
                        "takes zeros for external data behind the end of its file",
                        () -> reading(ExternalDataFaults::padded)));
    }

    private interface Reading {
        ByteString read(Step.LoadFolder files, Place place);
    }

    private static Fault reading(Reading reading) {
        return new Fault() {
            @Override
            public Observation answer(Step step, Function<Step, Observation> next) {
                if (!(step instanceof Step.LoadFolder folder)) {
                    return next.apply(step);
                }
                try {
                    Bytes model = FolderModel.inlined(folder, (tensor, place) -> reading.read(folder, place));
                    return next.apply(new Step.Load(folder.model(), model, false));
                } catch (Oracle.Refusal e) {
                    return new Observation.Rejected(step.phase(), "REFUSED", String.valueOf(e.getMessage()));
                }
            }
        };
    }

    private static ByteString padded(Step.LoadFolder files, Place place) {
        byte[] content = FolderModel.content(
                        files, place.location(), inside(place).location())
                .toArray();
        int length = (int) place.length().orElse(content.length - place.offset());
        byte[] read = new byte[Math.max(0, length)];
        for (int i = 0; i < read.length && place.offset() + i < content.length; i++) {
            read[i] = content[(int) place.offset() + i];
        }
        return ByteString.copyFrom(read);
    }

    private static ByteString anywhere(Step.LoadFolder files, Place place) {
        Path path = Path.of(place.location());
        if (!path.isAbsolute()) {
            return FolderModel.part(files, place.location(), inside(place));
        }
        try (InputStream file = Files.newInputStream(path)) {
            return ByteString.copyFrom(file.readNBytes((int) place.length().orElse(0)));
        } catch (IOException e) {
            throw ExternalTensors.refused(place.location(), "it cannot be read");
        }
    }

    private static Place inside(Place place) {
        if (FolderModel.leadsOut(place)) {
            throw ExternalTensors.refused(place.location(), "it leads out of the folder");
        }
        return place;
    }
}
