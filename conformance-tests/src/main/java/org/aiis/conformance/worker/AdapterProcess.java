package org.aiis.conformance.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.aiis.spec.codec.InputException;

/** A worker's process with its bare streams, for a self-test that has to send what no run ever sends. */
public final class AdapterProcess implements AutoCloseable {
    /** How descriptors are laid: as in a run, or otherwise within what the protocol allows. */
    public enum Wiring {
        /** As in every run: answers on descriptor 3, descriptor 1 joined to 2. */
        AS_IN_A_RUN(""),
        /** A number that no program should have hard-wired. */
        DESCRIPTOR_7("ulimit -c 0; AIIS_ANSWERS_FD=7; export AIIS_ANSWERS_FD; exec \"$@\" 7>&1 1>&2"),
        /** No variable: answers on standard output. */
        STANDARD_OUTPUT("ulimit -c 0; exec \"$@\""),
        /** As in a run, and a child prints to the descriptors 1 and 2 all the while, as a native library does. */
        NOISY("ulimit -c 0; AIIS_ANSWERS_FD=3; export AIIS_ANSWERS_FD; "
                + "{ i=0; while [ $i -lt 50000 ]; do echo \"AIIS noise $i\"; i=$((i+1)); done; } </dev/null 1>&2 & "
                + "exec \"$@\" 3>&1 1>&2");

        private final String shell;

        Wiring(String shell) {
            this.shell = shell;
        }
    }

    private final Process process;
    private final Path scratch;
    private final Tail stderr;

    private AdapterProcess(Process process, Path scratch) {
        this.process = process;
        this.scratch = scratch;
        this.stderr = new Tail(process.getErrorStream(), process::destroyForcibly);
    }

    /**
     * Starts a command in an empty scratch folder.
     *
     * @throws InputException when there is nothing of that name to start
     */
    public static AdapterProcess start(List<String> command, Wiring wiring, int frameLimit) {
        Path scratch = Scratch.create();
        try {
            return new AdapterProcess(process(command, wiring, frameLimit, scratch), scratch);
        } catch (RuntimeException e) {
            Scratch.delete(scratch);
            throw e;
        }
    }

    private static Process process(List<String> command, Wiring wiring, int frameLimit, Path scratch) {
        if (wiring == Wiring.AS_IN_A_RUN) {
            WorkerSettings settings = WorkerSettings.of("exec:adapter-test").withCommand(command);
            return Launch.start(
                    settings.withLimits(settings.limits().withFrame(frameLimit)),
                    scratch,
                    Optional.empty(),
                    scratch.getFileName().toString(),
                    List.of());
        }
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", wiring.shell, "aiis-worker"));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).directory(scratch.toFile());
        builder.environment().remove(Launch.ANSWERS);
        builder.environment().put(Launch.FRAME_LIMIT, Integer.toString(frameLimit));
        try {
            return builder.start();
        } catch (IOException e) {
            throw InputException.because("the worker " + words + " does not start", e);
        }
    }

    public OutputStream requests() {
        return process.getOutputStream();
    }

    public InputStream answers() {
        return process.getInputStream();
    }

    /** Whether it ended by itself in that time. */
    public boolean endsWithin(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Memory that it and all it started hold resident, in KiB; empty where the system has no {@code /proc}. */
    public OptionalLong residentKiB() {
        return Memory.isTold(process.pid())
                ? OptionalLong.of(Memory.familyKiB(process.toHandle()))
                : OptionalLong.empty();
    }

    /** How it ended, with the end of what it said on standard error. Waits for it. */
    public String death() {
        if (!endsWithin(Duration.ofSeconds(10))) {
            return "it closed its answers and lives on";
        }
        CrashReport report = CrashReport.of(process.exitValue(), scratch, stderr.text());
        String detail = report.detail();
        return report.cause() + (detail.isBlank() ? "" : "; it said: " + ends(detail));
    }

    /** The first two lines, which name an exception of Java, and the last two, which name one of Python. */
    private static String ends(String text) {
        List<String> lines = text.lines().filter(l -> !l.isBlank()).toList();
        List<String> told = new ArrayList<>(lines.subList(0, Math.min(2, lines.size())));
        if (lines.size() > 4) {
            told.add("…");
        }
        told.addAll(lines.subList(Math.min(lines.size(), Math.max(2, lines.size() - 2)), lines.size()));
        return told.stream()
                .map(line -> line.substring(0, Math.min(line.length(), 200)).strip())
                .collect(Collectors.joining(" | "));
    }

    /** Whether the end of what it wrote to standard error so far holds that text. */
    public boolean saidOnStandardError(String text) {
        return stderr.soFar().contains(text);
    }

    /** With all that it started. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        endsWithin(Duration.ofSeconds(10));
        try {
            Scratch.delete(scratch);
        } catch (UncheckedIOException e) {
            // A grandchild may still write there; the next run sweeps the folder.
        }
    }
}
