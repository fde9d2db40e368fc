package org.aiis.conformance.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
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
    private final Path file;
    private final FileChannel channel;
    private final Chain chain;
    private long length;
    private long unsynced;
    private String broken = "";

    private EvidenceLog(Path file, FileChannel channel, Chain chain, long length) {
        this.file = file;
        this.channel = channel;
        this.chain = chain;
        this.length = length;
    }

    /** Begins a new log; refuses to write over one. */
    static EvidenceLog create(Path file) {
        try {
            return new EvidenceLog(
                    file,
                    locked(file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)),
                    new Chain(),
                    0);
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
            FileChannel channel =
                    locked(file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
            try {
                return resume(file, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw InputException.because(file + ": cannot be resumed", e);
        }
    }

    private static Resumed resume(Path file, FileChannel channel) throws IOException {
        // Through the channel that holds the lock: on POSIX, closing any other descriptor of the file would drop it.
        byte[] all = Channels.newInputStream(channel).readAllBytes();
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
        channel.truncate(length);
        channel.position(length);
        return new Resumed(new EvidenceLog(file, channel, chain, length), entries.subList(0, kept));
    }

    /** Two runs that write one log would break its chain; the lock goes with the process, however it ends. */
    private static FileChannel locked(Path file, FileChannel channel) throws IOException {
        boolean ours = false;
        try {
            ours = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            ours = false; // This process holds it: the same answer as when another does.
        } finally {
            if (!ours) {
                channel.close();
            }
        }
        if (!ours) {
            throw InputException.of(
                    file + ": another run is writing it", "wait for it, or end it, or give another --out");
        }
        return channel;
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

    /**
     * Appends a line, whole or not at all.
     *
     * @throws UncheckedIOException when the disk does not take it; the log then takes nothing more
     */
    void append(Entry entry) {
        append(Chain.written(entry));
    }

    private synchronized void append(Chain.Written entry) {
        requireWritable();
        ByteBuffer line = ByteBuffer.wrap((chain.append(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        int size = line.remaining();
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
            unsynced += size;
            if (unsynced > 4 << 20) {
                channel.force(false);
                unsynced = 0;
            }
            length += size;
        } catch (IOException e) {
            broken = file + ": cannot be written (" + e.getMessage() + "); all lines before are kept: mend that, then"
                    + " 'aiis run --resume --out " + file.getParent() + "' goes on";
            cutBack(e);
            throw new UncheckedIOException(broken, e);
        }
    }

    /**
     * Nothing is driven, and nothing added up, whose evidence cannot be kept.
     *
     * @throws UncheckedIOException when a line could not be written
     */
    synchronized void requireWritable() {
        if (!broken.isEmpty()) {
            throw new UncheckedIOException(broken, new IOException(broken));
        }
    }

    /** Takes half a line away again; where that fails too, going on cuts it off. */
    private void cutBack(IOException because) {
        try {
            channel.truncate(length);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    /** Bytes so far. */
    synchronized long written() {
        return length;
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
