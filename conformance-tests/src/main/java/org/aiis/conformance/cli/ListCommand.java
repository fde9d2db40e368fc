package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.aiis.conformance.backend.Backends;
import org.aiis.conformance.catalogue.coverage.SchemaCoverage;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.run.Workers;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.scheme.Profiles;
import org.aiis.conformance.scheme.Waivers;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Profile;
import org.aiis.spec.conformity.Waiver;
import org.aiis.spec.standard.Requirement;
import org.aiis.spec.testing.TestCase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aiis list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists what there is.",
        footer = {
            "",
            "  aiis list requirements --profile core@1.0",
            "  aiis list cases --profile core@1.0 | grep Softmax",
            "  aiis list coverage          what the cases show of what ONNX's schemas allow; exit code 1 when something is missing"
        })
final class ListCommand implements Callable<Integer> {
    /** What can be listed. */
    enum What {
        requirements,
        cases,
        profiles,
        backends,
        waivers,
        coverage
    }

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "WHAT", description = "One of: ${COMPLETION-CANDIDATES}.")
    What what = What.requirements;

    @Option(names = "--profile", paramLabel = "ID", description = "Only what this profile selects.")
    String profile = "";

    @Option(names = "--json", description = "JSON for machines.")
    boolean json;

    @Override
    public Integer call() {
        Suite suite = Suite.load(Home.find());
        if (what == What.coverage) {
            return coverage(suite);
        }
        List<Map<String, String>> rows =
                switch (what) {
                    case requirements -> requirements(suite);
                    case cases -> cases(suite);
                    case profiles -> profiles(suite);
                    case backends -> backends();
                    case waivers -> waivers(suite);
                    case coverage -> throw new IllegalStateException("coverage is no list of rows");
                };
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(Codec.pretty(rows));
        } else {
            rows.forEach(row -> out.println(String.join("\t", row.values())));
        }
        out.flush();
        return 0;
    }

    private int coverage(Suite suite) {
        if (!profile.isEmpty()) {
            throw InputException.of("coverage is that of the whole catalogue", "leave out --profile");
        }
        SchemaCoverage coverage;
        PrintWriter err = spec.commandLine().getErr();
        try (ProgressBar progress = new ProgressBar(err, Terminal.watched(), false)) {
            progress.stage("reading the models of the cases", suite.catalogue().count());
            coverage = SchemaCoverage.of(suite.catalogue().cases(), suite.home().root(), testCase -> progress.tick());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? Codec.pretty(CoverageListing.json(coverage)) : CoverageListing.text(coverage));
        out.flush();
        return coverage.complete() ? 0 : 1;
    }

    private List<Map<String, String>> requirements(Suite suite) {
        Set<String> scope = scope(suite);
        Map<String, Long> cases = suite.catalogue().cases().stream()
                .flatMap(c -> c.requirements().stream())
                .collect(Collectors.groupingBy(r -> r, Collectors.counting()));
        List<Map<String, String>> rows = new ArrayList<>();
        for (Requirement r : suite.standard().requirements()) {
            if (scope.contains(r.id())) {
                rows.add(row(
                        "id", r.id(),
                        "level", r.level().word(),
                        "class", r.conformanceClass(),
                        "cases",
                                r.untested().isPresent()
                                        ? "untested"
                                        : cases.getOrDefault(r.id(), 0L).toString(),
                        "source", r.source(),
                        "text", r.text()));
            }
        }
        return rows;
    }

    private List<Map<String, String>> cases(Suite suite) {
        Set<String> scope = scope(suite);
        List<Map<String, String>> rows = new ArrayList<>();
        suite.catalogue().cases().stream()
                .filter(c -> c.requirements().stream().anyMatch(scope::contains))
                .forEach((TestCase c) -> rows.add(row(
                        "id", c.id(),
                        "grade", c.grade().word(),
                        "requirements", String.join(" ", c.requirements()),
                        "origin", c.origin())));
        return rows;
    }

    private Set<String> scope(Suite suite) {
        if (profile.isEmpty()) {
            return suite.standard().requirements().stream().map(Requirement::id).collect(Collectors.toSet());
        }
        Profiles profiles = new Profiles(suite.standard(), suite.home());
        return profiles.selected(profiles.resolve(profile)).map(Requirement::id).collect(Collectors.toSet());
    }

    private static List<Map<String, String>> profiles(Suite suite) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Profile p : new Profiles(suite.standard(), suite.home()).all()) {
            rows.add(row(
                    "id", p.label(),
                    "status", p.status().name().toLowerCase(Locale.ROOT),
                    "title", p.title()));
        }
        return rows;
    }

    private static List<Map<String, String>> backends() {
        List<Map<String, String>> rows = new ArrayList<>();
        Backends.installed().variants().forEach((word, summary) -> rows.add(row("backend", word, "summary", summary)));
        rows.add(row(
                "backend",
                Workers.FOREIGN + "COMMAND",
                "summary",
                "a program that speaks spec/worker-protocol.md, for any other runtime"));
        return rows;
    }

    private static List<Map<String, String>> waivers(Suite suite) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Waiver w : Waivers.read(suite.standard(), suite.home())) {
            rows.add(row(
                    "id", w.id(),
                    "requirement", w.requirement(),
                    "product", w.product(),
                    "expires", w.expires(),
                    "reason", w.reason()));
        }
        return rows;
    }

    private static Map<String, String> row(String... namesAndValues) {
        Map<String, String> row = new java.util.LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }
}
