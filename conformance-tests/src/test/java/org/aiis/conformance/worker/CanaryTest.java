package org.aiis.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanaryTest {
    @TempDir
    Path parent;

    private Canary canary;
    private Path seat;

    @BeforeEach
    void sit() throws IOException {
        canary = Canary.in(parent, 0);
        seat = canary.folder();
        Files.createDirectory(seat.resolve(Canary.SCRATCH + "1"));
    }

    @Test
    void scratchFoldersThatComeAndGoAreNoHarm() throws IOException {
        assertThat(canary.harm()).isEmpty();
        Files.writeString(seat.resolve(Canary.SCRATCH + "1").resolve("mine"), "x");
        Files.createDirectory(seat.resolve(Canary.SCRATCH + "2"));

        assertThat(canary.harm()).isEmpty();
    }

    @Test
    void aFileBesideIsHarmOnceAndIsTakenAway() throws IOException {
        Files.writeString(seat.resolve("rejected.log"), "x");

        assertThat(canary.harm()).hasValueSatisfying(h -> assertThat(h).contains("it made 'rejected.log'"));
        assertThat(canary.harm()).isEmpty();
        assertThat(seat.resolve("rejected.log")).doesNotExist();
    }

    @Test
    void theFileChangedIsHarmAndIsPutRight() throws IOException {
        byte[] before = Files.readAllBytes(seat.resolve(Canary.FILE));
        Files.writeString(seat.resolve(Canary.FILE), "x");
        Files.setLastModifiedTime(seat.resolve(Canary.FILE), FileTime.fromMillis(1));

        assertThat(canary.harm()).hasValueSatisfying(h -> assertThat(h).contains("it changed canary.bin"));
        assertThat(Files.readAllBytes(seat.resolve(Canary.FILE))).isEqualTo(before);
    }

    @Test
    void theFileGoneOrALinkInItsPlaceIsHarm() throws IOException {
        Files.delete(seat.resolve(Canary.FILE));
        Files.createSymbolicLink(seat.resolve(Canary.FILE), Path.of("/dev/null"));

        assertThat(canary.harm()).hasValueSatisfying(h -> assertThat(h).contains("it removed canary.bin"));
        assertThat(seat.resolve(Canary.FILE)).isRegularFile();
    }
}
