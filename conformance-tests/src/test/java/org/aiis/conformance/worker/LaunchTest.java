package org.aiis.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large pages are asked for where Linux gives them to who asks, and nowhere else: Java would print that it has none. */
class LaunchTest {
    @TempDir
    Path folder = Path.of("");

    private boolean gives(String setting) throws IOException {
        return Launch.givesLargePages(Files.writeString(folder.resolve("enabled"), setting));
    }

    @Test
    void largePagesAreThereForWhoAsksWhereTheSettingSaysSo() throws IOException {
        assertThat(gives("always [madvise] never\n")).isTrue();
        assertThat(gives("[always] madvise never\n")).isFalse();
        assertThat(gives("always madvise [never]\n")).isFalse();
        assertThat(Launch.givesLargePages(folder.resolve("no such file"))).isFalse();
    }
}
