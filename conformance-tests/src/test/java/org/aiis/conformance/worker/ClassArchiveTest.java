package org.aiis.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of the worker's classes: made by one worker, used by those after it, and never taken from elsewhere. */
class ClassArchiveTest {
    private static final String MAKE = "-XX:ArchiveClassesAtExit=";
    private static final String USE = "-XX:SharedArchiveFile=";

    @TempDir
    Path folder = Path.of("");

    private Path jar = Path.of("");
    private Path scratch = Path.of("");
    private Path kept = Path.of("");

    @BeforeEach
    void aJar() throws IOException {
        jar = Files.write(folder.resolve("suite.jar"), new byte[] {'P', 'K'});
        scratch = Files.createDirectory(folder.resolve("scratch"));
        kept = folder.resolve("kept");
    }

    private ClassArchive archive(String backend) {
        return ClassArchive.of(jar.toString(), backend, kept);
    }

    /** What a worker does at its end. */
    private void endsWell(ClassArchive archive) throws IOException {
        Files.write(Path.of(archive.options(scratch).get(0).substring(MAKE.length())), new byte[] {1});
        archive.take(scratch);
    }

    @Test
    void theFirstWorkerMakesItAndTheNextOneStartsFromIt() throws IOException {
        ClassArchive first = archive("cpu");
        assertThat(first.isMissing()).isTrue();
        assertThat(first.options(scratch)).anyMatch(option -> option.startsWith(MAKE + scratch));
        endsWell(first);
        ClassArchive next = archive("cpu?graph-optimization-level=basic");
        assertThat(next.isMissing()).isFalse();
        assertThat(next.options(scratch)).anyMatch(option -> option.startsWith(USE + kept));
        assertThat(archive("faulty:nan-swallowed").isMissing()).isTrue();
    }

    @Test
    void anotherReleaseOfTheSuiteMakesItsOwn() throws IOException {
        endsWell(archive("cpu"));
        Files.write(jar, new byte[] {'P', 'K', 3, 4});
        assertThat(archive("cpu").isMissing()).isTrue();
    }

    @Test
    void whatAModelHadWrittenIntoTheScratchFolderIsNotTaken() throws IOException {
        ClassArchive archive = archive("cpu");
        Files.write(scratch.resolve("worker.jsa"), new byte[] {1});
        archive.take(scratch);
        assertThat(archive.isMissing()).isTrue();
    }

    @Test
    void classesInFoldersAndForeignWorkersHaveNone() throws IOException {
        assertThat(ClassArchive.of(jar + System.getProperty("path.separator") + scratch, "cpu", kept)
                        .options(scratch))
                .isEmpty();
        assertThat(ClassArchive.of("", "exec:program", kept).options(scratch)).isEmpty();
        assertThat(kept).doesNotExist();
    }

    @Test
    void onlyTheNewestAreKept() throws IOException {
        for (String backend : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
            endsWell(archive(backend));
        }
        try (Stream<Path> archives = Files.list(kept)) {
            assertThat(archives).hasSize(6);
        }
    }
}
