package org.aiis.conformance.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.aiis.conformance.run.Rejudging;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.report.Reports;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.certificate.Certificate;
import org.aiis.report.certificate.SigningKey;
import org.aiis.spec.evidence.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aiis certify}. */
@Command(
        name = "certify",
        mixinStandardHelpOptions = true,
        description = {
            "Verifies a declared bundle, then signs a certificate of conformity into it.",
            "A certificate is issued for a run that was witnessed, made by a third party, or reproduced."
        },
        footer = {"", "  aiis certify BUNDLE --key body.key.json --assurance witnessed --until 2027-11-30"})
final class CertifyCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "BUNDLE", description = "Folder of a bundle.")
    Path bundle = Path.of("");

    @Option(names = "--key", required = true, paramLabel = "KEY", description = "Private key file of role decision.")
    Path key = Path.of("");

    @Option(
            names = "--assurance",
            required = true,
            paramLabel = "HOW",
            description = "How the run was assured: ${COMPLETION-CANDIDATES}.")
    Certificate.Assurance assurance = Certificate.Assurance.WITNESSED;

    @Option(
            names = "--until",
            paramLabel = "DAY",
            description = "Last day of validity. Default: a year from today, or the day a waiver it rests on expires.")
    Optional<LocalDate> until = Optional.empty();

    @Override
    public Integer call() {
        Suite suite = Suite.load(Home.find());
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Path file = new Reports(suite.standard(), new Rejudging(suite))
                .certify(bundle, SigningKey.read(key), assurance, today, until.orElseGet(() -> lastDay(today)));
        spec.commandLine().getOut().println("certified  " + file);
        return 0;
    }

    /** A certificate does not outlive a waiver that it rests on. */
    private LocalDate lastDay(LocalDate today) {
        Bundle opened = Bundle.open(bundle);
        Set<String> used = opened.results().waivers().stream()
                .filter(w -> w.effect().equals("used"))
                .map(Results.WaiverUse::id)
                .collect(Collectors.toSet());
        return opened.inputs().waivers().stream()
                .filter(w -> used.contains(w.id()))
                .map(w -> LocalDate.parse(w.expires()))
                .filter(expiry -> expiry.isBefore(today.plusYears(1)))
                .min(LocalDate::compareTo)
                .orElse(today.plusYears(1));
    }
}
