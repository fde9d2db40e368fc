package org.aiis.conformance.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.evidence.Chain;
import org.aiis.spec.evidence.Entry;

/**
 * The append-only evidence of a run. A line is handed to the operating system whole and at once, so that a killed run
 * loses no line that was written, and at most leaves half a line at the end, which going on cuts off.
 */
final class EvidenceLog implements AutoCloseable {
    /** Largest line that is read back, in characters. */
    private static final int LONGEST_LINE = 512 << 20;

    private final FileChannel channel;
    private final Chain chain;
    private long unsynced;

    private EvidenceLog(FileChannel channel, Chain chain) {
        this.channel = channel;
        this.chain = chain;
    }

    /** Begins a new log; refuses to write over one. */
    static EvidenceLog create(Path file) {
        try {
            return new EvidenceLog(
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), new Chain());
        } catch (IOException e) {
            throw InputException.because(file + ": cannot be created", e);
        }
    }

    /** A log that goes on, and what it held. */
    record Resumed(EvidenceLog log, List<Entry> entries) {}

    /** Opens a log that was cut off, checks its chain, and cuts half a line off its end. */
    static Resumed resume(Path file) {
        try {
            Chain chain = new Chain();
            List<Entry> entries = new ArrayList<>();
            long whole = 0;
            byte[] all = Files.readAllBytes(file);
            for (int start = 0, i = 0; i < all.length; i++) {
                if (all[i] == '\n') {
                    if (i - start > LONGEST_LINE) {
                        throw InputException.of(file + ": line " + (entries.size() + 1) + " is too long", "");
                    }
                    String line = new String(all, start, i - start, StandardCharsets.UTF_8);
                    entries.add(chain.read(line, file.toString()));
                    start = i + 1;
                    whole = start;
                }
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            channel.truncate(whole);
            channel.position(whole);
            return new Resumed(new EvidenceLog(channel, chain), entries);
        } catch (IOException e) {
            throw InputException.because(file + ": cannot be resumed", e);
        }
    }

    synchronized void append(Entry entry) {
        ByteBuffer line = ByteBuffer.wrap((chain.append(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        unsynced += line.remaining();
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
            if (unsynced > 4 << 20) {
                channel.force(false);
                unsynced = 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized String head() {
        return chain.head();
    }

    @Override
    public synchronized void close() {
        try {
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
