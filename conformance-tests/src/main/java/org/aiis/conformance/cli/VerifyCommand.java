package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.aiis.conformance.run.Rejudging;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.report.Reports;
import org.aiis.report.certificate.TrustList;
import org.aiis.report.verify.Verification;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aiis verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a bundle offline: every byte, the chain, the selection, each verdict recomputed from the raw",
            "observations, results and views made again, signatures. Runs no backend."
        },
        footer = {
            "",
            "Without --trust the best answer is «intact, origin unknown»: digests prove integrity, not origin.",
            "Exit codes: 0 intact; 1 refused, with file and reason; 2 wrong usage; 3 made with another release."
        })
final class VerifyCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "BUNDLE", description = "Folder of a bundle.")
    Path bundle = Path.of("");

    @Option(names = "--trust", paramLabel = "LIST", description = "Trust list (JSON or YAML): keys with role and days.")
    Optional<Path> trust = Optional.empty();

    @Mixin
    VectorOptions vectors = new VectorOptions();

    @Option(names = "--json", description = "JSON for machines.")
    boolean json;

    @Override
    public Integer call() {
        if (!Files.isDirectory(bundle)) {
            throw InputException.of(bundle + ": no such folder", "give the folder of a bundle");
        }
        Suite suite = vectors.over(Suite.load(Home.find()), bundle);
        Reports reports = new Reports(suite.standard(), new Rejudging(suite));
        Verification found;
        PrintWriter err = spec.commandLine().getErr();
        try (ProgressBar progress = new ProgressBar(err, Terminal.watched(), false)) {
            progress.stage("judging again", 0);
            LongConsumer tick = cases -> progress.tick();
            Optional<TrustList> list = trust.map(TrustList::read);
            found = list.isPresent()
                    ? reports.verify(bundle, list.get(), LocalDate.now(ZoneOffset.UTC), tick)
                    : reports.verify(bundle, tick);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(Codec.pretty(found));
        } else {
            out.println(found.line());
            found.troubles().forEach(t -> out.println("  " + t));
            found.remarks().forEach(r -> out.println("  " + r));
        }
        out.flush();
        return found.status().exitCode();
    }
}
