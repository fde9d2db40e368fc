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

    /**
     * Opens a log that was cut off, checks its chain, and cuts half a line off its end; aggregates at the end go too, since
     * they are judged over all cases and will be again.
     */
    static Resumed resume(Path file) {
        try {
            byte[] all = Files.readAllBytes(file);
            List<String> lines = wholeLines(all);
            List<Entry> entries = read(lines, new Chain(), file);
            int kept = entries.size();
            while (kept > 0 && entries.get(kept - 1) instanceof Entry.Aggregated) {
                kept--;
            }
            Chain chain = new Chain();
            read(lines.subList(0, kept), chain, file);
            long length = 0;
            for (String line : lines.subList(0, kept)) {
                length += line.getBytes(StandardCharsets.UTF_8).length + 1;
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            channel.truncate(length);
            channel.position(length);
            return new Resumed(new EvidenceLog(channel, chain), entries.subList(0, kept));
        } catch (IOException e) {
            throw InputException.because(file + ": cannot be resumed", e);
        }
    }

    private static List<String> wholeLines(byte[] all) {
        List<String> lines = new ArrayList<>();
        for (int start = 0, i = 0; i < all.length; i++) {
            if (all[i] == '\n') {
                lines.add(new String(all, start, i - start, StandardCharsets.UTF_8));
                start = i + 1;
            }
        }
        return lines;
    }

    private static List<Entry> read(List<String> lines, Chain chain, Path file) {
        List<Entry> entries = new ArrayList<>();
        lines.forEach(line -> entries.add(chain.read(line, file.toString())));
        return entries;
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
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
