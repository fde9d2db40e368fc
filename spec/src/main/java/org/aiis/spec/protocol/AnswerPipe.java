package org.aiis.spec.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The descriptor that {@code AIIS_ANSWERS_FD} names, where a worker in Java writes its answers. */
public final class AnswerPipe {
    private AnswerPipe() {}

    /**
     * The descriptor of this process, open for writing.
     *
     * @throws IOException where it is not open, or is a regular file. A Java process has one that nobody handed over: the
     *     JDK's modules, which {@link java.io.FileOutputStream} would empty, and with them every Java on the machine.
     */
    public static OutputStream open(String descriptor) throws IOException {
        return of(Path.of("/dev/fd/" + descriptor));
    }

    static OutputStream of(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            throw new IOException(path + " is a regular file, and no pipe to the suite");
        }
        return Files.newOutputStream(path, StandardOpenOption.WRITE);
    }
}
