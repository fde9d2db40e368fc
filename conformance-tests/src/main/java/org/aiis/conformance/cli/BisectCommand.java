package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.aiis.conformance.bisect.Search;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.vectors.ModelFile;
import org.aiis.conformance.vectors.Replay;
import org.aiis.conformance.worker.LinkedFolder;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aiis bisect}. */
@Command(
        name = "bisect",
        mixinStandardHelpOptions = true,
        description = {
            "Finds the node of your model that a backend gets wrong, and writes it as a model of its own.",
            "",
            "Each node is judged from the inputs that the backend itself gave it, so that the node where an error begins is",
            "named and not those that inherit it. Where the fault goes away as soon as the tensors in between are looked at,",
            "the shortest chain of nodes that shows it is named: the backend fuses them. A model that kills the backend, hangs",
            "it or is refused is cut down in the same way. Where a model is right, a fresh process runs it behind other inputs in the",
            "same session: a node that gives what an earlier run left is named, and the reproduction holds both runs.",
            "",
            "A node is asked for what clause 4.3 of the standard asks, but for the limit on the mean error of sums (limit c) of clause",
            "4.3.4): it takes the errors of elements for independent, and those of your model may share what they are summed from."
        },
        footer = {
            "",
            "  aiis bisect model.onnx --backend ort:cuda             inputs drawn from the model's types and shapes",
            "  aiis bisect model.onnx --inputs test_data_set_0       inputs in ONNX's test-data layout; the first set is taken",
            "",
            "Exit codes: 0 no fault seen; 1 a fault found; 2 wrong usage, model or input; 3 an error of the suite."
        })
final class BisectCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    ModelOptions asked = new ModelOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "New folder for the fault by itself. Default: ./MODEL-fault.")
    Optional<Path> out = Optional.empty();

    @Option(names = "--json", description = "JSON for machines.")
    boolean json;

    @Override
    public Integer call() {
        Path target = ReplayCommand.outside(out.orElseGet(this::besides));
        if (Files.exists(target)) {
            throw InputException.of(target + ": is there already", "give another --out");
        }
        ModelFile file = asked.file();
        SortedMap<String, Tensor> fed = asked.first(file);
        Suite suite = Suite.load(Home.find());
        Search.Found found;
        try (ProgressBar progress = new ProgressBar(spec.commandLine().getErr(), Terminal.watched(), false)) {
            found = Search.in(file, fed, suite, asked.uri(), asked.timeout(file), progress);
        }
        boolean faulty = found.report().fault().isPresent();
        if (faulty) {
            Replay.write(target, found.reproduction());
            LinkedFolder.link(found.data(), target);
        }
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            console.print(Codec.pretty(found.report()));
        } else {
            print(console, found, target);
        }
        console.flush();
        return faulty ? 1 : 0;
    }

    private static void print(PrintWriter console, Search.Found found, Path target) {
        Search.Report report = found.report();
        console.println(report.sut().name() + " " + report.sut().version() + " ("
                + report.sut().provider() + "), " + report.nodes() + " nodes, " + report.judged()
                + " of them judged one by one");
        console.println("model    " + report.whole().verdict()
                + (report.whole().message().isEmpty()
                        ? ""
                        : "  " + report.whole().message()));
        if (!report.steady()) {
            console.println("note     another session gave other bits");
        }
        report.second().filter(second -> !second.same()).ifPresent(second -> {
            console.println("second   " + second.finding().verdict()
                    + "  a run behind one with other inputs in the same session "
                    + (second.finding().message().isEmpty()
                            ? "gave other bits"
                            : "gave " + second.finding().message()));
        });
        if (report.fault().isEmpty()) {
            console.println("no fault seen");
            return;
        }
        console.println(
                (report.culprit().size() == 1 ? "node     " : "chain    ") + String.join(" → ", report.culprit()));
        if (report.fused()) {
            console.println("         each node is right by itself: the backend takes them together");
        }
        if (report.second().filter(Search.Second::fault).isPresent()) {
            console.println("         right in the first run of a session: it gives what an earlier run left");
        }
        console.println("fault    " + report.fault().orElseThrow().message());
        report.local().stream()
                .skip(1)
                .forEach(wrong -> console.println("also     " + wrong.node() + " (" + wrong.operator() + ")"));
        report.settings()
                .forEach(s -> console.println("with     " + s.name() + ": " + s.verdict()
                        + (s.reason().isEmpty() ? "" : " (" + s.reason() + ")")));
        console.println("by itself " + target + "; "
                + (found.data().isEmpty()
                        ? "aiis replay " + target
                        : "its data are in files there; aiis check " + target + "/model.onnx --inputs " + target
                                + "/test_data_set_0"));
    }

    private Path besides() {
        Path name = asked.model.toAbsolutePath().normalize().getFileName();
        return Path.of((name == null ? "model" : name.toString().replaceFirst("\\.onnx$", "")) + "-fault");
    }
}
