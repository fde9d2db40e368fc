package org.aiis.conformance.backend.elf;

import java.util.HexFormat;
import java.util.Optional;

/**
 * The instructions of {@link HookLibrary} for a kind of processor, one page before the table that they read. gcc -Os -fPIC made
 * them, without options that need anything of the machine, of this function:
 *
 * <pre>{@code
 * struct { uint64_t version, create, update, append, release, n; const char *const *names, *const *values; } table;
 *
 * void *RegisterCustomOps(void *options, const OrtApiBase *base) {
 *   void **api = base->GetApi(table.version), *own = 0;
 *   if (!api) return 0;                                     // older than the Java binding takes: cannot be
 *   if (!table.create) return api[table.append](options, table.names, table.values, table.n);
 *   void *status = api[table.create](&own);
 *   if (status) return status;
 *   if (table.n) status = api[table.update](own, table.names, table.values, table.n);
 *   if (!status) status = api[table.append](options, own);
 *   api[table.release](own);
 *   return status;
 * }
 * }</pre>
 *
 * @param machine number of the processor in ELF
 * @param relative number of the relocation "base plus addend" of that processor
 * @param page distance of code and table
 */
record HookCode(int machine, int relative, int page, String hex) {
    private static final HookCode X86_64 = new HookCode(
            62,
            8,
            0x1000,
            "554889fd534883ec288b3df10f0000ff164885c00f84ab0000004889c3488b05"
                    + "e40f00004885c0752b488b05e80f0000488b0df10f00004889ef488b15f70f00"
                    + "00488b35e80f0000488b04c34883c4285b5dffe031d2488d7c24184889542418"
                    + "ff14c34885c0755f488b0db90f0000488b7c24184885c97514488b05980f0000"
                    + "488b7424184889efff14c3eb1d488b057c0f0000488b159d0f0000488b358e0f"
                    + "0000ff14c34885c074cf488b156f0f0000488b7c24184889442408ff14d3488b"
                    + "442408eb0231c04883c4285b5dc3");

    private static final HookCode AARCH64 = new HookCode(
            183,
            1027,
            0x10000,
            "fd7bbba9fd030091f55b02a996000090210040f9f71b00f9f70300aac00240b9"
                    + "f35301a920003fd6600600b4d4020091f50300aa800640f9800100b5800e40f9"
                    + "838642a9a47a60f8e00317aaf55b42a9f00304aaf71b40f9821e40f9f35341a9"
                    + "fd7bc5a800021fd6ff2700f9a17a60f8e023019120003fd6f30300aa000200b5"
                    + "831640f9e02740f9630200b5c0020091e12740f9000c40f9a27a60f8e00317aa"
                    + "40003fd6f30300aad6020091c01240f9a17a60f8e02740f920003fd6f55b42a9"
                    + "e00313aaf35341a9f71b40f9fd7bc5a8c0035fd6810a40f9821e40f9a47a61f8"
                    + "811a40f980003fd6f30300aae0fdffb5e7ffff17130080d2f1ffff17");

    /** By Java's name of the processor. */
    static Optional<HookCode> of(String arch) {
        return switch (arch) {
            case "amd64", "x86_64" -> Optional.of(X86_64);
            case "aarch64" -> Optional.of(AARCH64);
            default -> Optional.empty();
        };
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }
}
