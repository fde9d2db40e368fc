package org.aiis.conformance.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.aiis.conformance.run.Rejudging;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.report.Reports;
import org.aiis.report.certificate.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aiis declare}. */
@Command(
        name = "declare",
        mixinStandardHelpOptions = true,
        description = {
            "Verifies a bundle, then signs a supplier's declaration of conformity (ISO/IEC 17050) into it.",
            "Only a full run that passed, of a real backend, can be declared."
        },
        footer = {"", "  aiis declare BUNDLE --key example.key.json"})
final class DeclareCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "BUNDLE", description = "Folder of a bundle.")
    Path bundle = Path.of("");

    @Option(names = "--key", required = true, paramLabel = "KEY", description = "Private key file of role evaluation.")
    Path key = Path.of("");

    @Override
    public Integer call() {
        Suite suite = Suite.load(Home.find());
        Path file = new Reports(suite.standard(), new Rejudging(suite))
                .declare(bundle, SigningKey.read(key), LocalDate.now(ZoneOffset.UTC));
        spec.commandLine().getOut().println("declared  " + file);
        return 0;
    }
}
