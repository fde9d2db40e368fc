package org.aiis.conformance.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code aiis pipeline run} with its arguments, to be started as a process of its own. */
record Command(List<String> arguments) {
    Command {
        arguments = List.copyOf(arguments);
    }

    static Command of(String name, List<String> backend, String... more) {
        List<String> arguments = new ArrayList<>(List.of("pipeline", "run", name));
        arguments.addAll(backend);
        arguments.addAll(List.of(more));
        return new Command(arguments);
    }

    Running start(Path out) throws IOException {
        return running(out, List.of());
    }

    Running resume(Path out) throws IOException {
        return running(out, List.of("--resume"));
    }

    private Running running(Path out, List<String> more) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Daiis.home=" + System.getProperty("aiis.home"),
                "-cp",
                System.getProperty("java.class.path"),
                "org.aiis.conformance.cli.Main"));
        line.addAll(arguments);
        line.addAll(List.of("--out", out.toString()));
        line.addAll(more);
        return new Running(new ProcessBuilder(line).redirectErrorStream(true).start());
    }
}
