package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.aiis.conformance.run.Rejudging;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.report.Reports;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.evidence.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aiis report}. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Adds up and renders a bundle again from its evidence; runs nothing.")
final class ReportCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "BUNDLE", description = "Folder of a bundle.")
    Path bundle = Path.of("");

    @Mixin
    VectorOptions vectors = new VectorOptions();

    @Option(names = "--json", description = "Print results.json to standard output.")
    boolean json;

    @Override
    public Integer call() {
        Suite suite = vectors.over(Suite.load(Home.find()), bundle);
        Results results = new Reports(suite.standard(), new Rejudging(suite)).write(bundle);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(Codec.pretty(results));
        } else {
            out.println(results.line());
            out.println("report  " + bundle.resolve("views").resolve("report.html"));
        }
        out.flush();
        return 0;
    }
}
