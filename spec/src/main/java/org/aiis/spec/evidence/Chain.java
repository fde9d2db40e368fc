package org.aiis.spec.evidence;

import java.nio.charset.StandardCharsets;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;

/**
 * The hash chain: each line names the SHA-256 of the line before it, so that no line can be changed, dropped or moved
 * without the next one telling.
 */
public final class Chain {
    /** What the first line names as its predecessor. */
    public static final String GENESIS = "0".repeat(64);

    private long next;
    private String previous = GENESIS;

    /** A line: its number from 0, the digest of the line before, and what it says. */
    public record Line(long seq, String prev, Entry entry) {}

    /** An entry as its line will hold it, wherever that stands: to write it out takes longer than to chain it. */
    public record Written(String entry) {}

    public static Written written(Entry entry) {
        return new Written(LineWriter.entry(entry));
    }

    /** The text of the next line, without a line end; it counts as written. */
    public String append(Written entry) {
        String text = LineWriter.text(entry.entry(), previous, next);
        advance(text);
        return text;
    }

    /** The same of an entry that was not written out before. */
    public String append(Entry entry) {
        return append(written(entry));
    }

    /**
     * Reads the next line and checks that it follows.
     *
     * @throws InputException when it does not parse or does not follow the line before
     */
    public Entry read(String text, String file) {
        Line line = Codec.json(text, Line.class, file, next + 1);
        if (line.seq() != next) {
            throw InputException.at(file, next + 1, "seq " + next, "seq " + line.seq());
        }
        if (!line.prev().equals(previous)) {
            throw InputException.at(
                    file,
                    next + 1,
                    "prev " + previous + " (the digest of the line before)",
                    line.prev() + ": a line was changed, dropped or moved");
        }
        advance(text);
        return line.entry();
    }

    private void advance(String text) {
        previous = Bytes.sha256(text.getBytes(StandardCharsets.UTF_8));
        next++;
    }

    /** Digest of the last line. */
    public String head() {
        return previous;
    }

    public long length() {
        return next;
    }
}
