package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.aiis.conformance.run.Merging;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.Shards;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.evidence.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aiis merge}. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes one bundle of the parts that 'aiis run --shard I/N' made, on one machine or on several.",
            "Each part is verified first. All have to be of the same suite, profile, ICS, waivers, grade, seed and system",
            "under test; in what their machines differ is listed. Cases common to all parts have to agree: where they do",
            "not, the worse finding counts and the case is reported as flaky."
        },
        footer = {
            "",
            "  aiis run --grade full --shard 1/2 --out a      on one machine",
            "  aiis run --grade full --shard 2/2 --out b      on another",
            "  aiis merge a b --out whole",
            "",
            "Exit codes: those of 'aiis run', for the whole."
        })
final class MergeCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "BUNDLE", arity = "1..*", description = "The bundles of all parts, in any order.")
    List<Path> bundles = List.of();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of the bundle; new or empty.")
    Path out = Path.of("");

    @Mixin
    VectorOptions vectors = new VectorOptions();

    @Option(names = "--json", description = "Print results.json to standard output.")
    boolean json;

    @Override
    public Integer call() {
        Results results;
        try (ProgressBar progress = new ProgressBar(spec.commandLine().getErr(), Terminal.watched(), false)) {
            Suite suite = vectors.over(Suite.load(Home.find()), bundles.get(0));
            results = Merging.merge(suite, bundles, out, progress);
        }
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            console.print(Codec.pretty(results));
        } else {
            print(console, results);
        }
        console.flush();
        return RunCommand.exitCode(results.verdict());
    }

    private void print(PrintWriter console, Results results) {
        Shards shards = Bundle.open(out).evidence().shards();
        console.println("merged " + shards.merged().size() + " parts; "
                + shards.common().size() + " cases are common to all of them");
        List<String> differences = shards.differences();
        console.println(
                differences.isEmpty()
                        ? "their machines do not differ in what is known of them"
                        : "their machines differ:");
        differences.forEach(difference -> console.println("  " + difference));
        Summary.print(console, results);
        console.println(results.line());
        if (!results.notCertifiable().isEmpty()) {
            console.println("cannot be declared or certified: " + String.join("; ", results.notCertifiable()));
        }
        console.println("report  " + out.resolve("views").resolve("report.html"));
        console.println("check   aiis verify " + out);
    }
}
