package org.aiis.conformance.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.aiis.conformance.qualification.dots.DotExperiment;
import org.aiis.conformance.qualification.dots.DotTable;
import org.aiis.conformance.qualification.dots.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aiis qualify dots}. */
@Command(
        name = "dots",
        mixinStandardHelpOptions = true,
        description =
                "Repeats the experiment that chose the criterion for dot products, beside the published criteria.",
        footer = {
            "",
            "Right implementations that differ, and defective ones, on the same operands; the table says how many of the",
            "right ones each criterion rejects and how many of the defects it misses (clauses 4.3.4 and 4.3.7).",
            "",
            "  aiis qualify dots --json fixtures/qualification/dots.json"
        })
final class QualifyDotsCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--size",
            paramLabel = "quick|default",
            description = "Seconds, or about a minute on two quiet cores. Default: ${DEFAULT-VALUE}.")
    Size size = Size.DEFAULT;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures there; the same at each run.")
    Path json = Path.of("");

    @Override
    public Integer call() {
        DotTable table;
        try (ProgressBar progress = new ProgressBar(spec.commandLine().getErr(), Terminal.watched(), false)) {
            table = DotExperiment.run(size, progress);
        }
        PrintWriter out = spec.commandLine().getOut();
        table.print(out);
        if (!json.toString().isEmpty()) {
            write(table.toJson());
            out.println("written to " + json);
        }
        return 0;
    }

    private void write(String text) {
        try {
            Path folder = json.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(json, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + json + ": " + e.getMessage(), e);
        }
    }
}
