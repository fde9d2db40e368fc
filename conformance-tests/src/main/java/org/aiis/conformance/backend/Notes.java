package org.aiis.conformance.backend;

import java.nio.file.Path;

/**
 * Where a backend writes what it reads back at once and deletes, such as a profile for each model. The suite gives its workers a
 * folder in memory for it where the system has one: a file system on a disk may look through all that was deleted in the last
 * seconds before it makes another file (ext4 does), which took a tenth of the time of a run.
 */
public final class Notes {
    /** The system property that names the folder. */
    public static final String FOLDER = "aiis.notes";

    private Notes() {}

    /** Whether the suite has given one. */
    public static boolean isGiven() {
        return System.getProperty(FOLDER) != null;
    }

    /** The folder given, else that of temporary files. */
    public static Path folder() {
        return Path.of(System.getProperty(FOLDER, System.getProperty("java.io.tmpdir", ".")));
    }
}
