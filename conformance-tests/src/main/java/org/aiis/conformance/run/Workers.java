package org.aiis.conformance.run;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.backend.Backends;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.conformance.worker.WorkerSettings;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.codec.InputException;

/** Starts the workers of a run. */
public final class Workers {
    /** Before the command of a program that speaks the worker protocol. */
    public static final String FOREIGN = "exec:";

    private Workers() {}

    /**
     * Starts them, with the memory that {@link Machine#memoryEach} gives them.
     *
     * @param backend as it was asked for, with options of its own or without
     */
    public static WorkerPool start(String backend, int workers, int timeoutSeconds, SortedMap<String, String> options) {
        return start(backend, workers, timeoutSeconds, Machine.memoryEach(workers), options);
    }

    /** @param memoryMiB what a worker and all that it starts may hold; 0 for no limit */
    public static WorkerPool start(
            String backend, int workers, int timeoutSeconds, long memoryMiB, SortedMap<String, String> options) {
        BackendUri uri = BackendUri.of(backend, options);
        Backends.installed().prepare(uri.name());
        WorkerSettings settings = WorkerSettings.of(uri.name())
                .withOptions(uri.options())
                .withWorkers(workers)
                .withMemoryMiB(memoryMiB)
                .withStepTimeout(Duration.ofSeconds(timeoutSeconds))
                .withCommand(backend.startsWith(FOREIGN) ? command(backend) : List.of());
        return WorkerPool.start(settings, ModelBuilder::withInitializers);
    }

    /** Words apart by spaces. */
    static List<String> command(String backend) {
        String command = backend.substring(FOREIGN.length()).strip();
        if (command.isEmpty()) {
            throw InputException.of("backend 'exec:' without a command", "give exec:path/to/program and its arguments");
        }
        return fromHere(List.of(command.split(" +")));
    }

    /** A worker runs in a folder of its own: a word that names a file from here is made absolute. */
    public static List<String> fromHere(List<String> command) {
        return command.stream().map(Workers::fromHere).toList();
    }

    private static String fromHere(String word) {
        try {
            Path path = Path.of(word);
            return path.getNameCount() > 1 && Files.isRegularFile(path)
                    ? path.toAbsolutePath().toString()
                    : word;
        } catch (InvalidPathException e) {
            return word;
        }
    }
}
