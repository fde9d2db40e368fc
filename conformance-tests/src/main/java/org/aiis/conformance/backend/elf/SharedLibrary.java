package org.aiis.conformance.backend.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.aiis.spec.codec.InputException;

/**
 * What the dynamic section of a 64-bit little-endian ELF file says. Sources: System V ABI (gABI 4.1), chapter 5, and LSB 5.0
 * Core, "Symbol Versioning". The file is mapped, not read: libraries of GPUs have hundreds of megabytes.
 */
public final class SharedLibrary {
    static final int NEEDED = 1;
    static final int STRTAB = 5;
    static final int SONAME = 14;
    static final int VERSYM = 0x6ffffff0;
    static final int VERDEF = 0x6ffffffc;
    static final int VERNEED = 0x6ffffffe;
    static final int VERNEEDNUM = 0x6fffffff;

    private static final int MAGIC = 0x464c457f;
    private static final int CLASS_64_LITTLE = 0x0102;
    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int LONGEST_STRING = 4096;
    private static final int MOST_ENTRIES = 10_000;

    private final ByteBuffer file;
    private final String origin;

    private record Entry(long tag, long value) {}

    private final List<Entry> dynamic;

    private SharedLibrary(ByteBuffer file, String origin) {
        this.file = file;
        this.origin = origin;
        this.dynamic = whole(this::entries);
    }

    /** Reads a file; refuses one that is not such a library. */
    public static SharedLibrary read(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return of(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()), path.toString());
        } catch (IOException | IllegalArgumentException e) {
            throw InputException.because(path + ": the library cannot be read", e);
        }
    }

    static SharedLibrary of(ByteBuffer bytes, String origin) {
        ByteBuffer file = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (file.limit() < 64 || file.getInt(0) != MAGIC || file.getShort(4) != CLASS_64_LITTLE) {
            throw InputException.at(origin, 0, "a 64-bit shared library of Linux (ELF)", "another file");
        }
        return new SharedLibrary(file, origin);
    }

    /** Refuses a file that is no library for this kind of processor, before the loader of the system says so in its own way. */
    public static void demand(Path path, String arch) {
        int machine = Short.toUnsignedInt(read(path).file.getShort(18));
        HookCode.of(arch).filter(code -> code.machine() != machine).ifPresent(code -> {
            String found = Stream.of("amd64", "aarch64")
                    .filter(other -> HookCode.of(other).orElseThrow().machine() == machine)
                    .findFirst()
                    .orElse("the processor with number " + machine + " in ELF");
            throw InputException.at(path.toString(), 0, "a library for " + arch, "one for " + found);
        });
    }

    /** What is read where the file says that it lies. */
    private <T> T whole(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw InputException.because(origin + ": the library is cut off or damaged", e);
        }
    }

    /** Libraries that it asks for, in its order. */
    public List<String> needed() {
        return whole(() -> dynamic.stream()
                .filter(entry -> entry.tag() == NEEDED)
                .map(entry -> string(entry.value()))
                .toList());
    }

    /** The name under which others ask for it. */
    public Optional<String> soname() {
        return whole(() -> value(SONAME).map(this::string));
    }

    /** The value of the first entry of a kind. */
    Optional<Long> value(int tag) {
        return dynamic.stream()
                .filter(entry -> entry.tag() == tag)
                .map(Entry::value)
                .findFirst();
    }

    /** Where in the file an address lies. */
    int offset(long address) {
        for (int i = 0; i < headers(); i++) {
            int header = header(i);
            long start = file.getLong(header + 16);
            if (file.getInt(header) == LOAD && address >= start && address - start < file.getLong(header + 32)) {
                return Math.toIntExact(address - start + file.getLong(header + 8));
            }
        }
        throw new IndexOutOfBoundsException("no segment holds address " + address);
    }

    /** A string of the string table. */
    String string(long at) {
        int start = offset(
                value(STRTAB).orElseThrow(() -> new IndexOutOfBoundsException("no string table")) + Math.max(0, at));
        int end = start;
        while (file.get(end) != 0) {
            if (++end - start > LONGEST_STRING) {
                throw new IndexOutOfBoundsException("a string without an end");
            }
        }
        byte[] bytes = new byte[end - start];
        file.get(start, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private int headers() {
        return Short.toUnsignedInt(file.getShort(56));
    }

    private int header(int index) {
        return Math.toIntExact(file.getLong(32)) + index * Short.toUnsignedInt(file.getShort(54));
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < headers(); i++) {
            if (file.getInt(header(i)) != DYNAMIC) {
                continue;
            }
            int at = Math.toIntExact(file.getLong(header(i) + 8));
            for (; file.getLong(at) != 0; at += 16) {
                entries.add(new Entry(file.getLong(at), file.getLong(at + 8)));
                if (entries.size() > MOST_ENTRIES) {
                    throw new IndexOutOfBoundsException("a dynamic section without an end");
                }
            }
        }
        return entries;
    }
}
