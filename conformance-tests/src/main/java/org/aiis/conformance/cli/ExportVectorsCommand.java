package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.vectors.Export;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Glob;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.TestCase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aiis export-vectors}. */
@Command(
        name = "export-vectors",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Writes the catalogue's cases in ONNX's backend-test layout, with bounds, for a runner without Java.",
        footer = {
            "",
            "  aiis export-vectors --operator 'Reduce*' --type float32 --out vectors",
            "  python vectors/run.py                        runs them on ONNX Runtime; adapt it to another",
            "  aiis run --vectors vectors/accept            runs them as vectors of a third party",
            "",
            "accept/CASE is the layout; tolerance.json beside each data set names the smallest and the largest accepted",
            "value of each element. reject/CASE holds a valid model and a broken one that has to be refused. survive/CASE",
            "may be answered or refused, and may not end the process."
        })
final class ExportVectorsCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--operator", paramLabel = "GLOB", description = "Only cases of these operators.")
    String operator = "";

    @Option(names = "--type", paramLabel = "T", description = "Only cases of this element type, such as float32.")
    Optional<String> type = Optional.empty();

    @Option(
            names = "--select",
            paramLabel = "GLOB",
            description = "Only cases whose id, or whose requirement, matches.")
    List<String> select = List.of();

    @Option(names = "--grade", paramLabel = "quick|full", description = "Default: ${DEFAULT-VALUE}.")
    Grade grade = Grade.QUICK;

    @Option(
            names = "--accuracy",
            paramLabel = "relaxed|full",
            description = "Level of the bounds. Default: ${DEFAULT-VALUE}.")
    Accuracy accuracy = Accuracy.RELAXED;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder; new or empty.")
    Path out = Path.of("");

    @Option(names = "--json", description = "JSON for machines.")
    boolean json;

    @Override
    public Integer call() {
        Suite suite = Suite.load(Home.find());
        Optional<ElementType> element = type.map(ElementType::of);
        List<TestCase> cases = suite.catalogue().cases().stream()
                .filter(c -> grade == Grade.FULL || c.grade() == Grade.QUICK)
                .filter(c -> select.isEmpty() || select.stream().anyMatch(g -> matches(g, c)))
                .filter(c -> Export.chosen(c, operator, element))
                .toList();
        if (cases.isEmpty()) {
            throw InputException.of("no case is selected", "'aiis list cases' shows them");
        }
        PrintWriter err = spec.commandLine().getErr();
        Export.Summary summary;
        try (ProgressBar progress = new ProgressBar(err, Terminal.watched(), false)) {
            progress.stage("writing", cases.size());
            Export export = new Export(suite.standard(), suite.oracle(), accuracy, out);
            for (TestCase c : cases) {
                export.add(c);
                progress.tick();
            }
            summary = export.finish(Suite.version(), suite.digests(), accuracy);
        }
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            console.print(Codec.pretty(summary));
        } else {
            summary.written().forEach((kind, count) -> console.println(count + " in " + out.resolve(kind)));
            summary.leftOut().forEach((reason, count) -> console.println(count + " left out: " + reason));
            console.println("run them  python " + out.resolve("run.py"));
        }
        console.flush();
        return 0;
    }

    private static boolean matches(String glob, TestCase c) {
        return Glob.matches(glob, c.id()) || c.requirements().stream().anyMatch(r -> Glob.matches(glob, r));
    }
}
