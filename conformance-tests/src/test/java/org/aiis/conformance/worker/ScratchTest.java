package org.aiis.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scratch folders of runs that were killed. */
class ScratchTest {
    @TempDir
    private Path parent = Path.of("");

    @Test
    void aFolderOfADeadProcessGoesWithAllInIt() throws IOException, InterruptedException {
        Path dead = named(deadPid());
        Files.writeString(Files.createDirectory(dead.resolve("worker-1")).resolve("profile.json"), "{}");
        Path mine = Scratch.create(parent);
        assertThat(parent).isDirectoryNotContaining(path -> path.equals(dead));
        assertThat(mine.getFileName().toString())
                .startsWith("aiis-workers-" + ProcessHandle.current().pid() + "-");
    }

    @Test
    void aFolderOfALivingProcessStays() throws IOException {
        Path living = named(ProcessHandle.current().pid());
        Scratch.create(parent);
        assertThat(living).isDirectory();
    }

    @Test
    void aLinkUnderSuchANameIsNotFollowed() throws IOException, InterruptedException {
        Path kept = Files.createDirectory(parent.resolve("kept"));
        Files.writeString(kept.resolve("file"), "kept");
        Files.createSymbolicLink(parent.resolve("aiis-workers-" + deadPid() + "-1"), kept);
        Scratch.create(parent);
        assertThat(kept.resolve("file")).hasContent("kept");
    }

    @Test
    void aFolderOfAnotherNameStays() throws IOException {
        Path other = Files.createDirectory(parent.resolve("aiis-workers-notes"));
        Scratch.create(parent);
        assertThat(other).isDirectory();
    }

    @Test
    void whatAWorkerKeepsInMemoryGoesWithIt() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeThat(memory).isDirectory();
        try (WorkerPool pool = WorkerPool.start(WorkerSettings.of("cpu"))) {
            assertThat(pool.sut().name()).isEqualTo("ONNX Runtime");
            assertThat(ofThisProcess(memory)).isNotEmpty();
        }
        assertThat(ofThisProcess(memory)).isEmpty();
    }

    private static List<Path> ofThisProcess(Path memory) throws IOException {
        try (Stream<Path> all = Files.list(memory)) {
            return all.filter(path -> path.getFileName()
                            .toString()
                            .startsWith(
                                    "aiis-workers-" + ProcessHandle.current().pid() + "-"))
                    .toList();
        }
    }

    private Path named(long pid) throws IOException {
        return Files.createDirectory(parent.resolve("aiis-workers-" + pid + "-1"));
    }

    private static long deadPid() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
        process.waitFor();
        return process.pid();
    }
}
