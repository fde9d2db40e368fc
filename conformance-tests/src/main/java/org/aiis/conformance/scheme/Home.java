package org.aiis.conformance.scheme;

import java.nio.file.Files;
import java.nio.file.Path;
import org.aiis.spec.codec.InputException;

/** Where the data that ships with the suite lies: a checkout, or an unpacked distribution. */
public record Home(Path root) {
    /** From the system property that the launcher sets, else the nearest folder upwards that holds profiles/. */
    public static Home find() {
        String given = System.getProperty("aiis.home", "");
        if (!given.isEmpty()) {
            return new Home(Path.of(given).toAbsolutePath().normalize());
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("profiles")) && Files.isDirectory(at.resolve("fixtures"))) {
                return new Home(at);
            }
        }
        throw InputException.of(
                "the folder of the suite was not found",
                "start it with the launcher 'aiis', or give -Daiis.home=FOLDER");
    }

    public Path profiles() {
        return root.resolve("profiles");
    }

    public Path fixtures() {
        return root.resolve("fixtures");
    }
}
