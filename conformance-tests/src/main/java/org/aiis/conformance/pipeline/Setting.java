package org.aiis.conformance.pipeline;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.aiis.spec.port.Backend;

/**
 * What a case is run with.
 *
 * @param home of the suite, where the fixtures are
 * @param seed of everything that is drawn: first weights, order of records
 * @param epochs as many as the case itself takes where nothing is said
 * @param batch records of a training step
 * @param folder for checkpoints and results
 * @param resume whether a checkpoint in the folder is to be gone on with
 */
public record Setting(
        Path home,
        Backend backend,
        long seed,
        OptionalInt epochs,
        OptionalInt batch,
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
