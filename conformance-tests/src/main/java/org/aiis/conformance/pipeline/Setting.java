package org.aiis.conformance.pipeline;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.aiis.spec.port.Backend;

/**
 * What a case is run with.
 *
 * @param home of the suite, where the fixtures are
 * @param seed of everything that is drawn: first weights, order of records
 * @param epochs as many as the case itself takes where nothing is said
 * @param batch records of a training step
 * @param images folder of images to learn from in place of the fixture
 * @param detectors folder of records to learn from in place of the fixture
 * @param records of the training part that are taken, with held-out ones in proportion; all where nothing is said
 * @param opset version that the exported model imports; the case's own where nothing is said
 * @param int8 whether the model is exported in eight bits too
 * @param folds of a cross-validation on the training part; none where nothing is said
 * @param folder for checkpoints and results
 * @param resume whether a checkpoint in the folder is to be gone on with
 */
public record Setting(
        Path home,
        Backend backend,
        long seed,
        OptionalInt epochs,
        OptionalInt batch,
        Optional<Path> images,
        Optional<Path> detectors,
        OptionalInt records,
        OptionalInt opset,
        boolean int8,
        OptionalInt folds,
        Path folder,
        boolean resume,
        Told told) {

    /** Hears how far a run is. */
    public interface Told {
        /** A stage begins. */
        void stage(String name);

        /** Something worth a line. */
        void line(String text);

        Told SILENT = new Told() {
            @Override
            public void stage(String name) {}

            @Override
            public void line(String text) {}
        };
    }
}
