package org.aiis.conformance.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command that runs; what it says is read as far as somebody waits for. */
final class Running implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader lines;
    private final StringBuilder said = new StringBuilder();

    Running(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Until it says a line that begins so. */
    void awaitLine(String beginning) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith(beginning)) {
                return;
            }
        }
        throw new AssertionError("it ended without a line '" + beginning + "…':\n" + said);
    }

    /** Signal 9. Its worker has to end by itself. */
    void kill() throws InterruptedException {
        List<ProcessHandle> workers = process.descendants().toList();
        assertThat(process.isAlive()).as("it has ended:\n" + said).isTrue();
        assertThat(workers).isNotEmpty();
        process.destroyForcibly();
        assertThat(process.waitFor()).as("ended by signal 9").isEqualTo(128 + 9);
        workers.forEach(Running::awaitEnd);
    }

    void killWorkers() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    private static void awaitEnd(ProcessHandle worker) {
        try {
            worker.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            worker.destroyForcibly();
            throw new AssertionError("the worker outlives the command that was killed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** What it ends with. */
    int code() throws IOException, InterruptedException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
        }
        return process.waitFor();
    }

    String said() {
        return said.toString();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
