package org.aiis.conformance.backend.elf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.aiis.spec.tensor.Bytes;

/**
 * Writes a shared library with one function, {@code RegisterCustomOps}, which ONNX Runtime calls with the session options when
 * the library is registered. It appends an execution provider. The Java binding can do so only for providers that it was
 * compiled for, and Maven's is compiled for none; the C interface, which the hook calls, takes any that the core can load. No
 * compiler is needed on the machine: the code is fixed, and reads what to do from a table behind it ({@link Call}).
 *
 * <p>The file, with the same offsets in memory: a page of headers, a page of code, and a page of data: the table, the dynamic
 * section with its four tables, and the options' texts. Source: System V ABI (gABI 4.1), chapters 4 and 5.
 */
public final class HookLibrary {
    private static final String FUNCTION = "RegisterCustomOps";

    /** Parts of the data page: the table of {@link Call}, the dynamic section, two symbols, a hash table of one chain. */
    private static final int DYNAMIC = 64;

    private static final int SYMBOLS = DYNAMIC + 16 * 9;
    private static final int HASH = SYMBOLS + 2 * 24;
    private static final int NAMES = HASH + 24;
    private static final int POINTERS = NAMES + 24;

    /**
     * What the hook calls, as places in the table of functions of ONNX Runtime's C interface (onnxruntime_c_api.h; places never
     * change). With {@code create} 0 the function at {@code append} takes session options, names, values and their number;
     * otherwise options of the provider's own are created, updated with names and values, appended and released.
     *
     * @param version of the interface that is asked for
     */
    public record Call(int version, int create, int update, int append, int release) {}

    private HookLibrary() {}

    /** Whether there is code for this machine. */
    public static boolean isOffered() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")
                && HookCode.of(System.getProperty("os.arch", "")).isPresent();
    }

    /** The library for this machine; empty where there is no code for it. */
    public static Optional<Bytes> of(Call call, SortedMap<String, String> options) {
        return HookCode.of(System.getProperty("os.arch", "")).map(code -> written(code, call, options));
    }

    static Bytes written(HookCode code, Call call, SortedMap<String, String> options) {
        int data = 2 * code.page();
        int count = options.size();
        int relocations = POINTERS + 16 * count;
        int relocationCount = 2 + 2 * count;
        int texts = relocations + 24 * relocationCount;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        List<Integer> pointers = new ArrayList<>();
        for (boolean names : new boolean[] {true, false}) {
            for (Map.Entry<String, String> option : options.entrySet()) {
                pointers.add(data + texts + text.size());
                text.writeBytes((names ? option.getKey() : option.getValue()).getBytes(StandardCharsets.UTF_8));
                text.write(0);
            }
        }
        ByteBuffer file = ByteBuffer.allocate(data + texts + text.size()).order(ByteOrder.LITTLE_ENDIAN);
        headers(file, code);
        file.put(code.page(), code.bytes());
        longs(file, data, call.version(), call.create(), call.update(), call.append(), call.release(), count);
        // 4 hash, 5 strings, 6 symbols, 7 relocations with addends, 8 and 9 their sizes, 10 size of strings, 11 of a
        // symbol.
        longs(file, data + DYNAMIC, 4, data + HASH, 5, data + NAMES, 6, data + SYMBOLS, 7, data + relocations);
        longs(file, data + DYNAMIC + 64, 8, 24L * relocationCount, 9, 24, 10, FUNCTION.length() + 2, 11, 24, 0, 0);
        file.putInt(data + SYMBOLS + 24, 1).put(data + SYMBOLS + 28, (byte) 0x12); // name, a global function
        file.putShort(data + SYMBOLS + 30, (short) 1); // defined: in any section but 0
        longs(file, data + SYMBOLS + 32, code.page(), code.bytes().length);
        int[] hash = {1, 2, 1, 0, 0}; // one bucket, two symbols; the bucket begins with symbol 1, which ends its chain
        for (int i = 0; i < hash.length; i++) {
            file.putInt(data + HASH + 4 * i, hash[i]);
        }
        file.put(data + NAMES + 1, FUNCTION.getBytes(StandardCharsets.US_ASCII));
        int at = data + relocations;
        at = relocation(file, at, code, data + 48, data + POINTERS);
        at = relocation(file, at, code, data + 56, data + POINTERS + 8 * count);
        for (int i = 0; i < pointers.size(); i++) {
            at = relocation(file, at, code, data + POINTERS + 8 * i, pointers.get(i));
        }
        file.put(data + texts, text.toByteArray());
        return Bytes.own(file.array());
    }

    private static void headers(ByteBuffer file, HookCode code) {
        int data = 2 * code.page();
        file.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        file.putShort(16, (short) 3).putShort(18, (short) code.machine()).putInt(20, 1); // a shared object
        file.putLong(32, 64).putShort(52, (short) 64).putShort(54, (short) 56).putShort(56, (short) 4);
        int readable = 4;
        segment(file, 64, 1, readable | 1, 0, code.page() + code.bytes().length, code.page()); // load, execute
        segment(file, 120, 1, readable | 2, data, file.limit() - data, code.page()); // load, write
        segment(file, 176, 2, readable | 2, data + DYNAMIC, SYMBOLS - DYNAMIC, 8);
        segment(file, 232, 0x6474e551, readable | 2, 0, 0, 16); // a stack that cannot be executed
    }

    private static void segment(ByteBuffer file, int at, int type, int flags, long start, long size, long align) {
        file.putInt(at, type).putInt(at + 4, flags);
        longs(file, at + 8, start, start, start, size, size, align);
    }

    /** A pointer that the loader moves with the library. */
    private static int relocation(ByteBuffer file, int at, HookCode code, long place, long target) {
        longs(file, at, place, code.relative(), target);
        return at + 24;
    }

    private static void longs(ByteBuffer file, int at, long... values) {
        for (int i = 0; i < values.length; i++) {
            file.putLong(at + 8 * i, values[i]);
        }
    }
}
