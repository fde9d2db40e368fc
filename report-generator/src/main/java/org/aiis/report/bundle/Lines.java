package org.aiis.report.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.aiis.spec.codec.InputException;

/** Lines of UTF-8 text, each bounded and each ended by one line feed: bytes and lines tell the same story. */
final class Lines {
    /** Longest line: 64 MiB, an observation with all its tensors. */
    private static final int LONGEST = 64 << 20;

    private final InputStream in;
    private final String file;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private long number;

    Lines(InputStream in, String file) {
        this.in = in;
        this.file = file;
    }

    /** The next line, or empty at the end. */
    Optional<String> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (from < to || filled()) {
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            if (line.size() + end - from > LONGEST) {
                throw InputException.of(file + ":" + (number + 1) + ": longer than " + (LONGEST >> 20) + " MiB", "");
            }
            line.write(buffer, from, end - from);
            from = end;
            if (end < to) {
                from++;
                number++;
                return Optional.of(Folder.utf8(line.toByteArray(), file + ":" + number));
            }
        }
        if (line.size() > 0) {
            throw InputException.of(
                    file + ":" + (number + 1) + ": the last line is cut off", "resume the run, which drops it");
        }
        return Optional.empty();
    }

    private boolean filled() throws IOException {
        from = 0;
        to = Math.max(0, in.read(buffer));
        return to > 0;
    }
}
