package org.aiis.conformance.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.aiis.conformance.qualification.layers.LayerExperiment;
import org.aiis.conformance.qualification.layers.LayerTable;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.spec.testing.Grade;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aiis qualify layers}. */
@Command(
        name = "layers",
        mixinStandardHelpOptions = true,
        description =
                "Repeats the experiment that set the error of tanh and sigmoid inside recurrent layers and Attention.",
        footer = {
            "",
            "Ways to calculate the two functions run through the cases of RNN, GRU, LSTM and Attention. A way is right where the",
            "operators Tanh and Sigmoid accept it, else it is a defect; the table says what clause 4.3.5 rejects, and what a",
            "narrower ones would.",
            "",
            "  aiis qualify layers --json fixtures/qualification/layers.json",
            "",
            "Exit code 1 when clause 4.3.5 rejected a right way."
        })
final class QualifyLayersCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--grade", paramLabel = "GRADE", description = "How much of the catalogue: quick or full.")
    Grade grade = Grade.FULL;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures there; the same at each run.")
    Optional<Path> json = Optional.empty();

    @Override
    public Integer call() {
        Suite suite = Suite.load(Home.find());
        LayerTable table;
        try (ProgressBar progress = new ProgressBar(spec.commandLine().getErr(), Terminal.watched(), false)) {
            table = new LayerExperiment(suite, grade).run(progress);
        }
        PrintWriter out = spec.commandLine().getOut();
        table.print(out);
        out.flush();
        json.ifPresent(file -> write(table.toJson(), file));
        return table.holds() ? 0 : 1;
    }

    private static void write(String text, Path file) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
