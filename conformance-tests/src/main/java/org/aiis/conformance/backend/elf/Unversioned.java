package org.aiis.conformance.backend.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;

/**
 * A copy of a library that asks another one for symbols of any version. ONNX Runtime's Java binding asks for two functions of
 * exactly its own version ({@code OrtGetApiBase@VERS_1.29.0}), although the interface behind them is compatible by contract.
 * The loader checks versions in two places: the list of the versions needed, where the entry becomes a weak one, which is not
 * missed; and the version of each symbol, which becomes 1, "global": any. No byte moves. Source: LSB 5.0 Core, "Symbol
 * Versioning"; {@code VER_FLG_WEAK} is 2.
 */
public final class Unversioned {
    private static final short WEAK = 2;
    private static final short GLOBAL = 1;
    private static final int HIDDEN = 0x8000;
    private static final long MOST_LIBRARIES = 10_000;

    private Unversioned() {}

    /**
     * The copy.
     *
     * @param of the library whose versions no longer matter, as the copied one names it
     */
    public static Bytes copy(Bytes library, String of) {
        byte[] copy = library.toArray();
        SharedLibrary read = SharedLibrary.of(ByteBuffer.wrap(copy), of);
        ByteBuffer file = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        try {
            long count = Math.min(read.value(SharedLibrary.VERNEEDNUM).orElse(0L), MOST_LIBRARIES);
            int need = count == 0
                    ? 0
                    : read.offset(read.value(SharedLibrary.VERNEED).orElse(0L));
            for (long i = 0; i < count; i++, need += file.getInt(need + 12)) {
                if (read.string(Integer.toUnsignedLong(file.getInt(need + 4))).equals(of)) {
                    loosen(read, file, need);
                }
            }
            return Bytes.own(copy);
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw InputException.because("the library that asks for " + of + " is cut off or damaged", e);
        }
    }

    private static void loosen(SharedLibrary read, ByteBuffer file, int need) {
        int entry = need + file.getInt(need + 8);
        for (int i = 0; i < Short.toUnsignedInt(file.getShort(need + 2)); i++, entry += file.getInt(entry + 12)) {
            file.putShort(entry + 4, (short) (file.getShort(entry + 4) | WEAK));
            int version = Short.toUnsignedInt(file.getShort(entry + 6));
            int symbols = read.offset(read.value(SharedLibrary.VERSYM).orElse(0L));
            for (int s = 0; s < symbols(read, file); s++) {
                int at = symbols + 2 * s;
                if ((Short.toUnsignedInt(file.getShort(at)) & ~HIDDEN) == version) {
                    file.putShort(at, GLOBAL);
                }
            }
        }
    }

    /** The dynamic section does not tell the number of symbols: the table of versions ends where the next
     * one begins. */
    private static int symbols(SharedLibrary read, ByteBuffer file) {
        int from = read.offset(read.value(SharedLibrary.VERSYM).orElse(0L));
        int needs = read.offset(read.value(SharedLibrary.VERNEED).orElse(0L));
        int defines = read.value(SharedLibrary.VERDEF).map(read::offset).orElse(needs);
        int to = defines < from ? needs : Math.min(needs, defines);
        if (to < from || to > file.limit()) {
            throw new IndexOutOfBoundsException("the tables of versions are not in the order of the linkers");
        }
        return (to - from) / 2;
    }
}
