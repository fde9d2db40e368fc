package org.aiis.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the suite's own workers ask of the machine. */
class LaunchTest {
    @TempDir
    Path folder = Path.of("");

    private boolean gives(String setting) throws IOException {
        return Launch.givesLargePages(Files.writeString(folder.resolve("enabled"), setting));
    }

    /** Elsewhere Java would print that it has none. */
    @Test
    void largePagesAreThereForWhoAsksWhereTheSettingSaysSo() throws IOException {
        assertThat(gives("always [madvise] never\n")).isTrue();
        assertThat(gives("[always] madvise never\n")).isFalse();
        assertThat(gives("always madvise [never]\n")).isFalse();
        assertThat(Launch.givesLargePages(folder.resolve("no such file"))).isFalse();
    }

    @Test
    void theSettingOfTheAllocatorStandsBesideThoseThatAreThereAndNeverInPlaceOfOne() {
        String ours = "glibc.malloc.tcache_count=1000";
        assertThat(Launch.tuned("", ours)).isEqualTo(ours);
        assertThat(Launch.tuned("glibc.malloc.check=3", ours)).isEqualTo("glibc.malloc.check=3:" + ours);
        assertThat(Launch.tuned("glibc.malloc.tcache_count=7", ours)).isEqualTo("glibc.malloc.tcache_count=7");
    }
}
